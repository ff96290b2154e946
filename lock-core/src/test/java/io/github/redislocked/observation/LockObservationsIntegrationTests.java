/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockSpec;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The observations that callers of every kind leave.
 */
class LockObservationsIntegrationTests {

	private static final String ACQUIRE = "redis.lock.acquire";

	private static final String HOLD = "redis.lock.hold";

	private final LockedApplication application = new LockedApplication(Driver.LETTUCE, Observed.class);

	private final TestObservationRegistry registry = this.application.get(TestObservationRegistry.class);

	private final Orders orders = this.application.get(Orders.class);

	private final Observation request = Observation.createNotStarted("request", this.registry);

	LockObservationsIntegrationTests() {
		this.registry.clear();
	}

	@AfterEach
	void close() {
		assertThat(this.registry.getCurrentObservation()).isNull();
		this.application.close();
	}

	@Test
	void whenAMethodIsLockedThenItsWaitAndItsLockAreObservedUnderTheCaller() {
		this.request.observe(() -> this.orders.ship(this.application.key()));
		assertObserved(ACQUIRE, "Orders.ship", "acquired");
		assertObserved(HOLD, "Orders.ship", "released");
		assertIsUnderTheRequest();
	}

	@Test
	void whenCodeRunsUnderALockThenItsCallersObservationIsCurrent() {
		Observation seen = this.request.observe(() -> this.orders.current(this.application.key()));
		assertThat(seen).isSameAs(this.request);
	}

	@Test
	void whenAMethodIsAsynchronousThenItsLockIsObservedUntilItsEnd() {
		CompletableFuture<String> end = new CompletableFuture<>();
		CompletionStage<String> stage = this.request.observe(() -> this.orders.later(this.application.key(), end));
		Awaitility.await()
			.untilAsserted(() -> TestObservationRegistryAssert.assertThat(this.registry)
				.hasObservationWithNameEqualTo(HOLD)
				.that()
				.hasBeenStarted()
				.isNotStopped());
		end.complete("later");
		assertThat(stage.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
		assertObserved(HOLD, "Orders.later", "released");
		assertIsUnderTheRequest();
	}

	@Test
	void whenAPublisherIsLockedThenItIsObservedUnderTheObservationOfItsContext() {
		this.request.start();
		Mono<String> mono = this.orders.reactive(this.application.key())
			.contextWrite((context) -> context.put("micrometer.observation", this.request));
		assertThat(mono.block()).isEqualTo("reactive");
		this.request.stop();
		Awaitility.await().untilAsserted(() -> assertObserved(HOLD, "Orders.reactive", "released"));
		assertIsUnderTheRequest();
	}

	@Test
	void whenTheLockIsPassedOnByTheThreadOfAnotherThenItIsObservedUnderItsOwnCaller() {
		Lease first = this.application.take();
		this.registry.clear();
		CompletionStage<Lease> second = this.request.observe(() -> this.application.locks().acquireAsync(spec()));
		Observation.createNotStarted("somebody else", this.registry).observe(first::close);
		second.toCompletableFuture().join().close();
		assertObserved(HOLD, "none", "released");
		assertIsUnderTheRequest();
	}

	@Test
	void whenALeaseIsClosedByAnotherThreadThenNoScopeIsLeft() {
		Lease lease = this.application.take();
		CompletableFuture.runAsync(lease::close, (task) -> new Thread(task).start()).join();
		assertObserved(HOLD, "none", "released");
	}

	@Test
	void whenTheLockIsNotAcquiredThenTheOutcomeSaysWhy() {
		Lease lease = this.application.take();
		this.registry.clear();
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.application.locks().acquire(spec().timeout(Duration.ofMillis(20))));
		lease.close();
		assertObserved(ACQUIRE, "none", "timeout");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo(ACQUIRE)
			.that()
			.doesNotHaveError();
	}

	@Test
	void whenALockIsSharedThenItIsObservedAsReentrant() throws Exception {
		Lease lease = this.application.take();
		this.registry.clear();
		lease.call(() -> this.application.locks().acquire(spec())).close();
		lease.close();
		assertObserved(ACQUIRE, "none", "reentrant");
	}

	@Test
	void whenALockIsLostThenTheOutcomeSaysSo() {
		Lease lease = this.application.take();
		this.application.steal();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> lease.renew(Duration.ofMinutes(2)));
		assertObserved(HOLD, "none", "lost");
	}

	@Test
	void whenKeysAreNotWantedThenNoObservationHasOne() throws Exception {
		this.application.take().close();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo(HOLD)
			.that()
			.hasHighCardinalityKeyValueWithKey("redis.lock.fencing.token")
			.doesNotHaveHighCardinalityKeyValueWithKey("redis.lock.key");
		TestObservationRegistry other = TestObservationRegistry.create();
		new ObservationLockObserver(other, true).begin("k", "n").shared();
		TestObservationRegistryAssert.assertThat(other)
			.hasObservationWithNameEqualTo(ACQUIRE)
			.that()
			.hasContextualNameEqualTo("acquire n")
			.hasHighCardinalityKeyValue("redis.lock.key", "k");
	}

	private LockSpec spec() {
		return LockSpec.of(this.application.key()).timeout(Duration.ofSeconds(20));
	}

	private void assertObserved(String observation, String name, String outcome) {
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo(observation, 1)
			.hasObservationWithNameEqualTo(observation)
			.that()
			.hasBeenStopped()
			.hasLowCardinalityKeyValue("name", name)
			.hasLowCardinalityKeyValue("outcome", outcome);
	}

	private void assertIsUnderTheRequest() {
		for (String observation : new String[] { ACQUIRE, HOLD }) {
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasObservationWithNameEqualTo(observation)
				.that()
				.hasParentObservationEqualTo(this.request);
		}
	}

	static class Orders {

		private final TestObservationRegistry registry;

		Orders(TestObservationRegistry registry) {
			this.registry = registry;
		}

		@RedisLocked("#key")
		void ship(String key) {
			assertThat(Lease.current()).isPresent();
		}

		@RedisLocked("#key")
		Observation current(String key) {
			Observation current = this.registry.getCurrentObservation();
			assertThat(current).isNotNull();
			return current;
		}

		@RedisLocked("#key")
		CompletionStage<String> later(String key, CompletableFuture<String> end) {
			return end;
		}

		@RedisLocked("#key")
		Mono<String> reactive(String key) {
			return Mono.just("reactive");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Observed {

		@Bean
		TestObservationRegistry observations() {
			return TestObservationRegistry.create();
		}

		@Bean
		LockObserver lockObserver(TestObservationRegistry observations) {
			return new ObservationLockObserver(observations, false);
		}

		@Bean
		Orders orders(TestObservationRegistry observations) {
			return new Orders(observations);
		}

	}

}
