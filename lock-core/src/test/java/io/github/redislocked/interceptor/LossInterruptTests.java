/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.LockLostException;
import io.github.redislocked.annotation.OnLoss;
import io.github.redislocked.annotation.RedisLocked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods that want to be interrupted when their lock is lost.
 */
class LossInterruptTests {

	private static final int ROUNDS = 5_000;

	private final LockedBeans beans = LockedBeans.of(Work.class);

	private final Work work = this.beans.get(Work.class);

	private final RecordingLocks locks = this.beans.locks;

	@AfterEach
	void close() {
		this.beans.close();
		assertThat(Thread.interrupted()).as("a stray interrupt").isFalse();
	}

	@Test
	void whenLockIsLostThenMethodIsInterruptedAndItsExceptionCarriesTheLoss() {
		this.locks.lost.add("interrupted");
		CountDownLatch never = new CountDownLatch(1);
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.work.interrupted(() -> {
			loseElsewhere(this.locks.callbacks);
			never.await();
			return null;
		})).satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class));
	}

	@Test
	void whenMethodDoesNotNoticeThenNoInterruptIsLeft() throws Exception {
		assertThat(this.work.interrupted(() -> {
			this.locks.callbacks.forEach(Runnable::run);
			return Thread.currentThread().isInterrupted();
		})).isEqualTo(true);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whenLockIsLostAfterTheMethodThenNoInterrupt() throws Exception {
		this.work.interrupted(() -> null);
		assertThat(this.locks.callbacks).hasSize(1);
		this.locks.callbacks.forEach(Runnable::run);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whenSomebodyElseHadInterruptedThenThatStays() throws Exception {
		this.work.interrupted(() -> {
			Thread.currentThread().interrupt();
			this.locks.callbacks.forEach(Runnable::run);
			return null;
		});
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void whenAnInnerMethodHidesTheInterruptOfAnOuterOneThenThatComesAfterIt() throws Exception {
		assertThat(this.work.interrupted(() -> {
			Runnable outerLost = this.locks.callbacks.get(0);
			this.work.interrupted(() -> {
				this.locks.callbacks.get(1).run();
				outerLost.run();
				return null;
			});
			return Thread.currentThread().isInterrupted();
		})).isEqualTo(true);
	}

	@Test
	void whenTheSecondInnerMethodHidesTheInterruptThenThatComesAfterItToo() throws Exception {
		assertThat(this.work.interrupted(() -> {
			Runnable outerLost = this.locks.callbacks.get(0);
			this.work.interrupted(() -> null);
			this.work.interrupted(() -> {
				this.locks.callbacks.get(2).run();
				outerLost.run();
				return null;
			});
			return Thread.currentThread().isInterrupted();
		})).isEqualTo(true);
	}

	@Test
	void whenOneOfSeveralIsLostThenInterrupted() throws Exception {
		assertThat(this.work.several(() -> {
			assertThat(this.locks.callbacks).hasSize(2);
			this.locks.callbacks.get(1).run();
			return Thread.currentThread().isInterrupted();
		})).isEqualTo(true);
	}

	@Test
	void whenReportThenNothingIsInterrupted() throws Exception {
		this.work.reported(() -> null);
		assertThat(this.locks.callbacks).isEmpty();
	}

	@Test
	void whenTheLossRacesTheEndThenNoInterruptIsLeft() throws Exception {
		AtomicInteger seen = new AtomicInteger();
		for (int round = 0; round < ROUNDS; round++) {
			this.locks.callbacks.clear();
			int nanos = round % 100 * 1000;
			CountDownLatch told = new CountDownLatch(1);
			this.work.interrupted(() -> {
				List<Runnable> callbacks = List.copyOf(this.locks.callbacks);
				Thread teller = new Thread(() -> {
					callbacks.forEach(Runnable::run);
					told.countDown();
				});
				teller.start();
				LockSupport.parkNanos(nanos);
				seen.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
				return null;
			});
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			told.await();
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
		}
		assertThat(seen).hasPositiveValue();
	}

	private static void loseElsewhere(List<Runnable> callbacks) {
		List<Runnable> copy = List.copyOf(callbacks);
		new Thread(() -> copy.forEach(Runnable::run)).start();
	}

	static class Work {

		@RedisLocked(key = "interrupted", onLoss = OnLoss.INTERRUPT)
		Object interrupted(Callable<Object> body) throws Exception {
			return body.call();
		}

		@RedisLocked(key = { "first", "second" }, onLoss = OnLoss.INTERRUPT)
		Object several(Callable<Object> body) throws Exception {
			return body.call();
		}

		@RedisLocked("reported")
		Object reported(Callable<Object> body) throws Exception {
			return body.call();
		}

	}

}
