/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.LockObserver;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.config.ObservabilitySettings;
import io.github.redislocked.observation.DefaultLockAcquireObservationConvention;
import io.github.redislocked.observation.MeterLockObserver;
import io.github.redislocked.observation.ObservationLockObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which registries are told of locks.
 */
class RedisLockObservabilityAutoConfigurationTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ApplicationContextRunner contextRunner = Contexts.withoutRedis()
		.withConfiguration(AutoConfigurations.of(RedisLockObservabilityAutoConfiguration.class))
		.withPropertyValues("redis-lock.enabled=false");

	private final ApplicationContextRunner withMeters = this.contextRunner.withBean(MeterRegistry.class,
			() -> this.meters);

	@Test
	void whenSpringBootLooksForAutoConfigurationsThenItFindsThis() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(RedisLockObservabilityAutoConfiguration.class.getName());
	}

	@Test
	void whenThereIsNoRegistryThenNobodyObserves() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockObserver.class));
	}

	@Test
	void whenThereAreTwoRegistriesAndNoneIsPrimaryThenTheApplicationStartsAndNobodyObserves() {
		this.contextRunner.withBean("one", MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("other", MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("first", ObservationRegistry.class, ObservationRegistry::create)
			.withBean("second", ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockObserver.class));
	}

	@Test
	void whenThereIsNoMicrometerThenNobodyObserves() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockObserver.class));
	}

	@Test
	void whenThereAreOnlyObservationsThenTheyAreMade() {
		TestObservationRegistry observations = TestObservationRegistry.create();
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.withBean(ObservationRegistry.class, () -> observations)
			.run((context) -> {
				assertThat(context).hasSingleBean(LockObserver.class);
				use(context);
				TestObservationRegistryAssert.assertThat(observations)
					.hasObservationWithNameEqualTo("redis.lock.acquire");
			});
	}

	@Test
	void whenBothAreThereThenTimesAreCountedOnce() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
		this.withMeters.withBean(ObservationRegistry.class, () -> observations).run((context) -> {
			assertThat(context).hasSingleBean(ObservationLockObserver.class).hasSingleBean(MeterLockObserver.class);
			use(context);
			assertThat(timer().count()).isEqualTo(1);
			assertThat(this.meters.find("redis.lock.acquire.active").longTaskTimer()).isNotNull();
		});
	}

	@Test
	void whenThereAreOnlyMetersThenTimesAreCountedToo() {
		this.withMeters.run((context) -> {
			assertThat(context).hasSingleBean(ObservationLockObserver.class).hasSingleBean(MeterLockObserver.class);
			use(context);
			assertThat(timer().count()).isEqualTo(1);
			assertThat(this.meters.find("redis.lock.acquire.active").longTaskTimer()).isNull();
		});
	}

	@Test
	void whenObservationsAreSwitchedOffThenThereAreCountersOnly() {
		this.withMeters.withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP).run((context) -> {
			use(context);
			assertThat(this.meters.find("redis.lock.acquire").timer()).isNull();
			assertThat(this.meters.find("redis.lock.held").gauge()).isNotNull();
		});
	}

	@Test
	void whenSwitchedOffThenNobodyObserves() {
		this.withMeters.withPropertyValues("redis-lock.observability.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockObserver.class));
	}

	@Test
	void whenKeysAreWantedThenTracesHaveThem() {
		TestObservationRegistry observations = TestObservationRegistry.create();
		this.contextRunner.withBean(ObservationRegistry.class, () -> observations)
			.withPropertyValues("redis-lock.observability.keys=true")
			.run((context) -> {
				use(context);
				TestObservationRegistryAssert.assertThat(observations)
					.hasObservationWithNameEqualTo("redis.lock.acquire")
					.that()
					.hasHighCardinalityKeyValue("redis.lock.key", "order:1");
			});
	}

	@Test
	void whenNothingIsSaidOfKeysThenNoTraceHasThem() {
		RecordedObservations recorded = new RecordedObservations();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(recorded);
		this.withMeters.withBean(ObservationRegistry.class, () -> observations).run((context) -> {
			use(context);
			hold(context);
			assertThat(recorded.names).containsExactly("redis.lock.acquire", "redis.lock.acquire", "redis.lock.hold");
			assertThat(recorded.texts).contains("Orders.reserve").noneMatch((text) -> text.contains("order:1"));
			assertNoMeterHasAKey();
		});
	}

	@Test
	void whenKeysAreWantedThenNoMeterHasThem() {
		this.withMeters.withPropertyValues("redis-lock.observability.keys=true").run((context) -> {
			use(context);
			hold(context);
			assertNoMeterHasAKey();
		});
	}

	@Test
	void whenThereIsAConventionThenItIsFollowed() {
		this.withMeters.withBean(OwnConvention.class).run((context) -> {
			use(context);
			assertThat(this.meters.find("own.acquire").timer()).isNotNull();
		});
	}

	@Test
	void whenLongHoldIsSetThenItIsPassedOn() {
		this.contextRunner.run((context) -> assertThat(context.getBean(ObservabilitySettings.class).longHold())
			.isEqualTo(Duration.ofMinutes(5)));
		this.contextRunner.withPropertyValues("redis-lock.observability.long-hold=1m30s")
			.run((context) -> assertThat(context.getBean(ObservabilitySettings.class).longHold())
				.isEqualTo(Duration.ofSeconds(90)));
		this.contextRunner.withPropertyValues("redis-lock.observability.long-hold=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("observability.long-hold"));
	}

	private static void use(ApplicationContext context) {
		context.getBeanProvider(LockObserver.class)
			.orderedStream()
			.forEach((observer) -> observer.begin("order:1", "Orders.reserve").shared());
	}

	private static void hold(ApplicationContext context) {
		context.getBeanProvider(LockObserver.class)
			.orderedStream()
			.forEach((observer) -> observer.begin("order:1", "Orders.reserve").acquired(1, LockOrigin.FREE).released());
	}

	private void assertNoMeterHasAKey() {
		assertThat(this.meters.getMeters()).extracting((meter) -> meter.getId().toString())
			.isNotEmpty()
			.noneMatch((id) -> id.contains("order:1"));
	}

	private Timer timer() {
		return this.meters.get("redis.lock.acquire").tag("name", "Orders.reserve").tag("outcome", "reentrant").timer();
	}

	/**
	 * Notes all that an observation says when it stops.
	 */
	private static final class RecordedObservations implements ObservationHandler<Observation.Context> {

		private final List<String> names = new ArrayList<>();

		private final List<String> texts = new ArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.names.add(context.getName());
			this.texts.add(String.valueOf(context.getContextualName()));
			context.getAllKeyValues().forEach((tag) -> this.texts.addAll(List.of(tag.getKey(), tag.getValue())));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	static class OwnConvention extends DefaultLockAcquireObservationConvention {

		OwnConvention() {
			super(false);
		}

		@Override
		public String getName() {
			return "own.acquire";
		}

	}

}
