/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The walls between the packages.
 */
@AnalyzeClasses(packagesOf = LockTemplate.class, importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTests {

	private static final String API = "io.github.redislocked";

	private static final String ANNOTATION = API + ".annotation";

	private static final String CONFIG = API + ".config";

	private static final String ENGINE = API + ".engine";

	private static final String INSPECTION = API + ".inspection";

	private static final String INTERCEPTOR = API + ".interceptor";

	private static final String OBSERVATION = API + ".observation";

	private static final String REACTIVE = API + ".reactive";

	private static final String STORE = API + ".store";

	private static final String STORE_REDIS = API + ".store.redis";

	private static final String TRANSACTION = API + ".transaction";

	private static final String JDK = "java..";

	private static final String JSPECIFY = "org.jspecify..";

	private static final String LOGGING = "org.apache.commons.logging..";

	@ArchTest
	static final ArchRule apiStandsAlone = only(API);

	@ArchTest
	static final ArchRule annotationUsesApi = only(ANNOTATION, API, "org.springframework.core.annotation",
			"org.springframework.aot.hint.annotation");

	@ArchTest
	static final ArchRule engineUsesApiAndStore = only(ENGINE, API, INSPECTION, STORE, LOGGING);

	@ArchTest
	static final ArchRule inspectionUsesApi = only(INSPECTION, API);

	@ArchTest
	static final ArchRule storeUsesApi = only(STORE, API, INSPECTION);

	@ArchTest
	static final ArchRule redisStoreUsesApiStoreAndDataRedis = only(STORE_REDIS, API, INSPECTION, STORE, LOGGING,
			"io.lettuce.core..", "org.springframework.data.redis..", "org.springframework.dao..",
			"org.springframework.core..", "org.springframework.util..");

	@ArchTest
	static final ArchRule interceptorUsesApiAnnotationAndSpring = only(INTERCEPTOR, API, ANNOTATION, INSPECTION,
			LOGGING, "org.aopalliance..", "org.springframework.aop..", "org.springframework.beans..",
			"org.springframework.context..", "org.springframework.core..", "org.springframework.expression..",
			"org.springframework.format..", "org.springframework.util..");

	@ArchTest
	static final ArchRule reactiveUsesApiInterceptorAndReactor = only(REACTIVE, API, ANNOTATION, INTERCEPTOR, LOGGING,
			"org.springframework.core..", "reactor..", "org.reactivestreams..");

	@ArchTest
	static final ArchRule observationUsesApiAndMicrometer = only(OBSERVATION, API, INTERCEPTOR, LOGGING,
			"io.micrometer..");

	@ArchTest
	static final ArchRule transactionUsesApiAndTransactions = only(TRANSACTION, API, LOGGING,
			"org.springframework.beans..", "org.springframework.core..", "org.springframework.transaction..");

	@ArchTest
	static final ArchRule everyPackageHasItsWalls = classes().should()
		.resideInAnyPackage(API, ANNOTATION, CONFIG, ENGINE, INSPECTION, INTERCEPTOR, OBSERVATION, REACTIVE, STORE,
				STORE_REDIS, TRANSACTION);

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().assignedFrom(new SliceAssignment() {

		@Override
		public String getDescription() {
			return "packages";
		}

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
			return SliceIdentifier.of(javaClass.getPackageName());
		}

	}).should().beFreeOfCycles();

	// Leases are counted in elapsed time; a wall clock can be set.
	@ArchTest
	static final ArchRule engineReadsNoWallClock = noClasses().that()
		.resideInAPackage(ENGINE)
		.should()
		.accessTargetWhere(readsWallClock());

	@ArchTest
	static final ArchRule thereIsNoSpringBoot = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule thereIsNoJacksonLombokOrGuava = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson..", "lombok..", "com.google.common..");

	@ArchTest
	static final ArchRule onlyReactiveSeesReactor = onlyIn(REACTIVE, "reactor..", "org.reactivestreams..");

	// Lettuce may be absent: two classes see it, which others use after they have asked.
	@ArchTest
	static final ArchRule onlyTwoClassesSeeLettuce = noClasses().that()
		.haveNameNotMatching(".*\\.Lettuce(Scripts|Replicas)(\\$Breaks)?")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.lettuce..");

	@ArchTest
	static final ArchRule onlyTransactionSeesTransactions = onlyIn(TRANSACTION, "org.springframework.transaction..",
			"org.springframework.jdbc..");

	@ArchTest
	static final ArchRule onlyObservationSeesMicrometer = onlyIn(OBSERVATION, "io.micrometer..");

	private static ArchRule only(String inside, String... others) {
		return classes().that()
			.resideInAPackage(inside)
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(inside, JDK, JSPECIFY)
				.or(JavaClass.Predicates.resideInAnyPackage(others)));
	}

	private static ArchRule onlyIn(String inside, String... libraries) {
		return noClasses().that()
			.resideOutsideOfPackage(inside)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(libraries);
	}

	private static DescribedPredicate<JavaAccess<?>> readsWallClock() {
		Pattern reading = Pattern.compile("java\\.time\\.\\w+\\.(now|system\\w*|tick\\w*)"
				+ "|java\\.util\\.Date\\.<init>|java\\.lang\\.System\\.currentTimeMillis");
		return DescribedPredicate.describe("reads the wall clock",
				(access) -> reading.matcher(access.getTargetOwner().getName() + "." + access.getTarget().getName())
					.matches());
	}

}
