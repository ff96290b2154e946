/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locked methods that return a stage, on a real Redis.
 */
abstract class AbstractLockedStageTests {

	private final LockedApplication application;

	private final LockedStages work;

	private final CompletableFuture<String> own = new CompletableFuture<>();

	private final CountDownLatch called = new CountDownLatch(1);

	AbstractLockedStageTests(Driver driver) {
		this.application = new LockedApplication(driver, LockedStages.class);
		this.work = this.application.get(LockedStages.class);
	}

	@AfterEach
	void close() {
		assertThat(Lease.current()).isEmpty();
		this.application.awaitNothingLeft();
		this.application.close();
	}

	@Test
	void whenTheMethodHasReturnedThenTheLockIsHeldUntilItsStageEnds() {
		CompletableFuture<String> result = run();
		LockedApplication.await(this.called);
		assertThat(this.application.isLocked()).isTrue();
		assertThat(result).isNotDone();
		this.own.complete("done");
		assertThat(result.join()).isEqualTo("done");
		assertThat(this.application.isLocked()).isFalse();
	}

	@Test
	void whenItHasToWaitThenTheCallerDoesNotAndTheBodyRunsOnAThreadOfTheLocks() {
		AtomicReference<String> thread = new AtomicReference<>();
		Lease other = this.application.take();
		CompletionStage<String> result = this.work.stage(this.application.key(), () -> {
			thread
				.set(Thread.currentThread().getName() + " under " + Lease.current().map(Lease::key).orElse("nothing"));
			return CompletableFuture.completedStage("late");
		});
		assertThat(result.toCompletableFuture()).isNotDone();
		other.close();
		assertThat(result.toCompletableFuture().join()).isEqualTo("late");
		assertThat(thread.get()).startsWith("redis-lock-callback").endsWith(" under " + this.application.key());
	}

	@Test
	void whenTheMethodThrowsOrFailsOrReturnsNullThenTheStageFails() {
		IllegalStateException failure = new IllegalStateException("own");
		assertFails(this.work.run(this.application.key(), () -> {
			throw failure;
		})).isSameAs(failure);
		assertFails(this.work.run(this.application.key(), () -> CompletableFuture.failedFuture(failure)))
			.isSameAs(failure);
		NoClassDefFoundError error = new NoClassDefFoundError("missing");
		assertFails(this.work.run(this.application.key(), () -> {
			throw error;
		})).isSameAs(error);
		assertFails(this.work.run(this.application.key(), () -> null)).hasMessageContaining("returned null");
		assertFails(this.work.run(" ", () -> this.own)).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void whenNotAcquiredThenTheStageFailsOrIsSkippedOrTheFallbacks() {
		Lease other = this.application.take();
		assertFails(this.work.impatient(this.application.key(), () -> this.own))
			.isInstanceOf(LockNotAcquiredException.class);
		assertThat(this.work.skipped(this.application.key()).join()).isNull();
		assertThat(this.work.withFallback(this.application.key()).join())
			.isEqualTo("instead of " + this.application.key());
		assertFails(this.work.withBrokenFallback(this.application.key())).isInstanceOf(NoClassDefFoundError.class);
		other.close();
	}

	@Test
	void whenCancelledWhileWaitingThenNothingIsLeft() {
		try (LockedApplication holder = new LockedApplication(Driver.LETTUCE, LockedStages.class)) {
			Lease other = holder.take(this.application.key());
			CompletableFuture<String> result = run();
			this.application.awaitWaiter();
			assertThat(result.cancel(true)).isTrue();
			// Before the lock is free.
			this.application.awaitNoWaiter();
			other.close();
		}
		this.application.awaitNothingLeft();
		assertThat(this.called.getCount()).isOne();
	}

	@Test
	void whenCancelledWhileRunningThenPassedOnAndReleasedAfterwards() {
		CompletableFuture<String> result = run();
		LockedApplication.await(this.called);
		assertThat(result.cancel(true)).isTrue();
		assertThat(this.own).isCancelled();
	}

	@Test
	void whenItsStageCannotBeCancelledThenTheLockIsHeldUntilItEnds() {
		CompletionStage<String> result = this.work.stage(this.application.key(), () -> {
			this.called.countDown();
			return this.own.minimalCompletionStage();
		});
		LockedApplication.await(this.called);
		assertThat(result.toCompletableFuture().cancel(true)).isTrue();
		assertThat(this.own).isNotDone();
		assertThat(this.application.isLocked()).isTrue();
		this.own.complete("at last");
	}

	@Test
	void whenTheCancelRacesTheGrantThenNothingIsLeft() {
		for (int round = 0; round < 250; round++) {
			Lease other = this.application.take();
			CompletableFuture<String> result = this.work.run(this.application.key(),
					() -> CompletableFuture.completedFuture("in time"));
			CompletableFuture<Void> release = other.closeAsync().toCompletableFuture();
			if (round % 3 == 0) {
				release.join();
			}
			result.cancel(true);
			release.join();
		}
		this.application.awaitNothingLeft();
	}

	@Test
	void whenLostThenTheResultFails() {
		CompletableFuture<String> result = run();
		LockedApplication.await(this.called);
		this.application.steal();
		this.own.complete("too late");
		assertFails(result).isInstanceOf(LockLostException.class);
	}

	@Test
	void whenLostAndFailedThenItsOwnFailureWins() {
		CompletableFuture<String> result = run();
		LockedApplication.await(this.called);
		this.application.steal();
		IllegalStateException failure = new IllegalStateException("own");
		this.own.completeExceptionally(failure);
		assertFails(result).isSameAs(failure);
		assertThat(failure.getSuppressed()).singleElement().isInstanceOf(LockLostException.class);
	}

	@Test
	void whenLostAndToBeInterruptedThenItsFutureIsCancelled() {
		CompletableFuture<String> result = this.work.interrupted(this.application.key(), this.own);
		assertFails(result).isInstanceOf(LockLostException.class);
		assertThat(this.own).isCancelled();
	}

	@Test
	void whenInsideItsOwnLeaseThenNoCommand() {
		AtomicReference<Long> tokens = new AtomicReference<>(0L);
		CompletableFuture<String> result = this.work.run(this.application.key(), () -> {
			Lease lease = Lease.current().orElseThrow();
			return CompletableFuture.supplyAsync(() -> lease.call(() -> nested(tokens)));
		});
		assertThat(this.application.scripts(result::join)).isLessThanOrEqualTo(2);
		assertThat(result.join()).isEqualTo("nested");
		assertThat(tokens.get()).isZero();
	}

	private String nested(AtomicReference<Long> difference) {
		long outer = Lease.current().orElseThrow().fencingToken();
		return this.work.run(this.application.key(), () -> {
			difference.set(Lease.current().orElseThrow().fencingToken() - outer);
			return CompletableFuture.completedFuture("nested");
		}).join();
	}

	private CompletableFuture<String> run() {
		return this.work.run(this.application.key(), () -> {
			this.called.countDown();
			return this.own;
		});
	}

	private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(CompletableFuture<?> result) {
		Throwable failure = result.handle((value, ex) -> (ex != null) ? ex : new AssertionError("has not failed"))
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
		assertThat(failure).isNotInstanceOf(CancellationException.class);
		return assertThat(failure);
	}

}
