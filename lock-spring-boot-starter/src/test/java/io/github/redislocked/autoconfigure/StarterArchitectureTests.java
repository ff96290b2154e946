/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

@AnalyzeClasses(packagesOf = RedisLockAutoConfiguration.class, importOptions = ImportOption.DoNotIncludeTests.class)
class StarterArchitectureTests {

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration");

	// The default constructor is public because the class is.
	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicMembers = members().that()
		.areDeclaredInClassesThat(annotatedWith(AutoConfiguration.class))
		.and(DescribedPredicate.not(DescribedPredicate.describe("are constructors",
				(JavaMember member) -> member.getName().equals("<init>"))))
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule nestedConfigurationsAreNotPublic = classes().that().areMemberClasses().should().notBePublic();

	// The method's return type would be loaded before the condition is asked.
	@ArchTest
	static final ArchRule conditionsOnClassesAreOnClasses = noMethods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.beAnnotatedWith(ConditionalOnClass.class)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule beansAreReturnedByTheirOwnType = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notHaveRawReturnType(Object.class);

	@ArchTest
	static final ArchRule failureAnalyzersAreInternal = classes().that()
		.implement(FailureAnalyzer.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule classesThatMovedBetweenTheLinesAreNotNamed = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.autoconfigure.data..", "org.springframework.boot.data..",
				"org.springframework.boot.autoconfigure.thread..", "org.springframework.boot.thread..");

	@ArchTest
	static final ArchRule thereIsNoJacksonLombokOrGuava = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson..", "lombok..", "com.google.common..");

}
