/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locked methods that return a publisher, on a real Redis.
 */
abstract class AbstractLockedPublisherTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final LockedApplication application;

	private final Pipelines work;

	private final String key;

	AbstractLockedPublisherTests(Driver driver) {
		this.application = new LockedApplication(driver, Pipelines.class);
		this.work = this.application.get(Pipelines.class);
		this.key = this.application.key();
	}

	@AfterEach
	void close() {
		assertThat(Lease.current()).isEmpty();
		this.application.awaitNothingLeft();
		this.application.close();
	}

	@Test
	void whenSubscribingThrowsAnErrorThenItIsSignalledAndTheLockReleased() {
		StepVerifier.create(this.work.mono(this.key, () -> Mono.fromCallable(() -> {
			throw new NoClassDefFoundError("missing");
		}))).expectError(NoClassDefFoundError.class).verify(LIMIT);
	}

	@Test
	void whenTheMethodOrItsFallbackThrowsAnErrorThenItIsSignalled() {
		StepVerifier.create(this.work.mono(this.key, () -> {
			throw new NoClassDefFoundError("missing");
		})).expectError(NoClassDefFoundError.class).verify(LIMIT);
		Lease other = this.application.take();
		NoClassDefFoundError error = new NoClassDefFoundError("missing");
		List<Supplier<Mono<Long>>> fallbacks = List.of(() -> {
			throw error;
		}, () -> Mono.error(error), () -> Mono.fromCallable(() -> {
			throw error;
		}));
		for (Supplier<Mono<Long>> fallback : fallbacks) {
			StepVerifier.create(this.work.withGivenFallback(this.key, fallback))
				.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(error))
				.verify(LIMIT);
		}
		other.close();
	}

	@Test
	void whenAssembledThenNothingHappensBeforeTheSubscription() {
		assertThat(this.application.scripts(() -> this.work.mono(this.key, () -> Mono.just(1L)))).isZero();
	}

	@Test
	void whenSubscribedThenHeldUntilTheEndAndReleasedBeforeItIsTold() {
		Sinks.One<Long> sink = Sinks.one();
		StepVerifier.create(this.work.mono(this.key, sink::asMono).doOnSuccess((value) -> assertFree()))
			.then(this::awaitLocked)
			.then(() -> sink.tryEmitValue(7L))
			.expectNext(7L)
			.expectComplete()
			.verify(LIMIT);
		Sinks.Many<Long> many = Sinks.many().unicast().onBackpressureBuffer();
		StepVerifier.create(this.work.flux(this.key, many::asFlux).doOnComplete(this::assertFree))
			.then(() -> many.tryEmitNext(1L))
			.expectNext(1L)
			.then(this::awaitLocked)
			.then(() -> many.tryEmitNext(2L))
			.expectNext(2L)
			.then(many::tryEmitComplete)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void whenSubscribedTwiceThenAcquiredTwiceWithEverythingInBetween() {
		List<Long> tokens = new ArrayList<>();
		Mono<Long> mono = this.work.mono(this.key,
				() -> ReactiveLeases.current().map(Lease::fencingToken).doOnNext(tokens::add));
		mono.block(LIMIT);
		mono.block(LIMIT);
		assertThat(tokens).hasSize(2).doesNotHaveDuplicates();
		assertThat(this.application.get(Pipelines.CountedCalls.class).calls()).isEqualTo(2);
	}

	@Test
	void whenItHasToWaitThenTheSubscriberDoesNotAndTheBodyRunsOnAThreadOfTheLocks() {
		Lease other = this.application.take();
		List<String> threads = new ArrayList<>();
		StepVerifier.create(this.work.mono(this.key, () -> {
			threads.add(Thread.currentThread().getName());
			threads.add(Lease.current().orElseThrow().key());
			return Mono.just(1L);
		})).then(other::close).expectNext(1L).expectComplete().verify(LIMIT);
		assertThat(threads.get(0)).startsWith("redis-lock-callback");
		assertThat(threads.get(1)).isEqualTo(this.key);
	}

	@Test
	void whenItFailsThenReleasedAndRetryAcquiresAgain() {
		AtomicInteger attempts = new AtomicInteger();
		List<Long> tokens = new ArrayList<>();
		Flux<Long> flux = this.work.flux(this.key, () -> ReactiveLeases.current().flux().concatMap((lease) -> {
			tokens.add(lease.fencingToken());
			return (attempts.incrementAndGet() < 3) ? Flux.error(new IllegalStateException("own")) : Flux.just(5L);
		}));
		StepVerifier.create(flux.doOnError((ex) -> assertFree()).retry(5))
			.expectNext(5L)
			.expectComplete()
			.verify(LIMIT);
		assertThat(tokens).hasSize(3).doesNotHaveDuplicates();
		StepVerifier.create(this.work.mono(this.key, () -> {
			throw new IllegalStateException("thrown");
		})).expectErrorMessage("thrown").verify(LIMIT);
		StepVerifier.create(this.work.mono(this.key, () -> null))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("returned null"))
			.verify(LIMIT);
	}

	@Test
	void whenTheKeyCannotBeUsedThenThePublisherFails() {
		StepVerifier.create(this.work.mono(" ", () -> Mono.just(1L)))
			.expectError(IllegalArgumentException.class)
			.verify(LIMIT);
	}

	@Test
	void whenNotAcquiredThenItFailsOrIsEmptyOrTheFallbacks() {
		Lease other = this.application.take();
		StepVerifier.create(this.work.impatient(this.key)).expectError(LockNotAcquiredException.class).verify(LIMIT);
		StepVerifier.create(this.work.skipped(this.key)).expectComplete().verify(LIMIT);
		StepVerifier.create(this.work.withFallback(this.key)).expectNext(-1L, -2L).expectComplete().verify(LIMIT);
		other.close();
	}

	@Test
	void whenTheBodyDidNotGetAnotherLockThenThatIsItsOwnFailure() {
		LockNotAcquiredException own = new LockNotAcquiredException("other", Duration.ZERO, null, "own", null);
		StepVerifier.create(this.work.skippable(this.key, () -> Flux.error(own)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(own))
			.verify(LIMIT);
	}

	@Test
	void whenLostThenARunningFluxFails() {
		CountDownLatch cancelled = new CountDownLatch(1);
		StepVerifier
			.create(this.work.strict(this.key, () -> Flux.<Long>never().startWith(1L).doOnCancel(cancelled::countDown)))
			.expectNext(1L)
			.expectError(LockLostException.class)
			.verify(LIMIT);
		LockedApplication.await(cancelled);
	}

	@Test
	void whenLostThenAMonoFailsInTheEnd() {
		StepVerifier.create(this.work.mono(this.key, () -> Mono.fromSupplier(() -> {
			this.application.steal();
			return 1L;
		}))).expectError(LockLostException.class).verify(LIMIT);
	}

	@Test
	void whenLostAndFailedThenItsOwnFailureWins() {
		IllegalStateException own = new IllegalStateException("own");
		StepVerifier.create(this.work.mono(this.key, () -> Mono.defer(() -> {
			this.application.steal();
			return Mono.error(own);
		}))).expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(own)).verify(LIMIT);
		assertThat(own.getSuppressed()).hasAtLeastOneElementOfType(LockLostException.class);
	}

	@Test
	void whenInsideItsOwnLeaseThenNoCommand() {
		Mono<Long> nested = this.work.mono(this.key,
				() -> ReactiveLeases.current(this.key)
					.flatMap((outer) -> this.work
						.mono(this.key,
								() -> ReactiveLeases.current()
									.map((inner) -> inner.fencingToken() - outer.fencingToken()))
						.doOnSuccess((value) -> assertThat(outer.isHeld()).isTrue())));
		assertThat(this.application.scripts(() -> assertThat(nested.block(LIMIT)).isZero())).isEqualTo(2);
	}

	@Test
	void whenOutsideThenNoLeaseIsCurrent() {
		StepVerifier.create(ReactiveLeases.current()).expectComplete().verify(LIMIT);
		StepVerifier.create(ReactiveLeases.current(this.key)).expectComplete().verify(LIMIT);
	}

	@Test
	void whenAThreadHasTheLeaseThenItsPipelinesShareIt() {
		Lease lease = this.application.take();
		assertThat(lease.<Long, RuntimeException>call(
				() -> this.work.mono(this.key, () -> ReactiveLeases.current().map(Lease::fencingToken)).block(LIMIT)))
			.isEqualTo(lease.fencingToken());
		lease.close();
	}

	private void awaitLocked() {
		Awaitility.await().until(this.application::isLocked);
	}

	private void assertFree() {
		assertThat(this.application.isLocked()).isFalse();
	}

}
