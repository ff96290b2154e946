/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of cancelled subscriptions to locked methods: nothing.
 */
abstract class AbstractCancelledPublisherTests {

	private final LockedApplication application;

	private final Pipelines work;

	private final String key;

	AbstractCancelledPublisherTests(Driver driver) {
		this.application = new LockedApplication(driver, Pipelines.class);
		this.work = this.application.get(Pipelines.class);
		this.key = this.application.key();
	}

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void whenCancelledWhileRunningThenPassedOnAndReleased() {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		Disposable subscription = this.work
			.mono(this.key,
					() -> Mono.<Long>never()
						.doOnSubscribe((upstream) -> running.countDown())
						.doOnCancel(cancelled::countDown))
			.subscribe();
		LockedApplication.await(running);
		assertThat(this.application.isLocked()).isTrue();
		subscription.dispose();
		LockedApplication.await(cancelled);
		this.application.awaitNothingLeft();
	}

	@Test
	void whenTheFirstElementIsEnoughThenReleased() {
		assertThat(this.work.flux(this.key, () -> Flux.just(1L, 2L)).next().block(Duration.ofSeconds(10))).isOne();
		this.application.awaitNothingLeft();
	}

	@Test
	void whenCancelledWhileTheMethodIsCalledThenReleasedAfterIt() {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		Disposable subscription = this.work.mono(this.key, () -> {
			called.countDown();
			LockedApplication.await(goOn);
			assertThat(this.application.isLocked()).isTrue();
			return Mono.never();
		}).subscribe();
		LockedApplication.await(called);
		subscription.dispose();
		assertThat(this.application.isLocked()).isTrue();
		goOn.countDown();
		this.application.awaitNothingLeft();
	}

	@Test
	void whenCancelledWhileWaitingThenNothingIsLeft() {
		Lease other = this.application.take();
		AtomicInteger ran = new AtomicInteger();
		Disposable subscription = this.work.mono(this.key, () -> Mono.fromCallable(() -> (long) ran.incrementAndGet()))
			.subscribe();
		subscription.dispose();
		other.close();
		this.application.awaitNothingLeft();
		assertThat(ran).hasValue(0);
	}

	@Test
	void whenCancelledInTheQueueOfRedisThenNothingIsLeft() {
		try (LockedApplication holder = new LockedApplication(Driver.LETTUCE, Pipelines.class)) {
			Lease other = holder.take(this.key);
			Disposable subscription = this.work.mono(this.key, Mono::never).subscribe();
			this.application.awaitWaiter();
			subscription.dispose();
			this.application.awaitNoWaiter();
			other.close();
			this.application.awaitNothingLeft();
		}
	}

	@Test
	void whenTheCancelRacesTheGrantThenNothingIsLeft() {
		for (int round = 0; round < 300; round++) {
			Lease other = this.application.take();
			Disposable subscription = this.work.mono(this.key, () -> Mono.just(1L)).subscribe();
			CompletableFuture<Void> release = other.closeAsync().toCompletableFuture();
			if (round % 3 == 0) {
				release.join();
			}
			subscription.dispose();
			release.join();
		}
		this.application.awaitNothingLeft();
	}

	@Test
	void whenTheCancelRacesAFreeLockThenNothingIsLeft() {
		for (int round = 0; round < 300; round++) {
			Disposable subscription = this.work.flux(this.key, () -> Flux.just(1L)).subscribe();
			for (int i = 0; i < round * 100; i++) {
				Thread.onSpinWait();
			}
			subscription.dispose();
		}
		this.application.awaitNothingLeft();
	}

}
