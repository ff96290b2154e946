/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.Renewal;
import io.github.redislocked.annotation.OnLoss;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Annotated methods whose lock is lost in a real Redis.
 */
class OnLossIntegrationTests {

	private final LockedApplication application = new LockedApplication(Driver.LETTUCE, Work.class);

	private final Work work = this.application.get(Work.class);

	@AfterEach
	void close() {
		this.application.close();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void whenInterruptThenTheMethodEndsSoonAndItsExceptionCarriesTheLoss() {
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.work.interrupted(this.application.key(), () -> {
				this.application.steal();
				new CountDownLatch(1).await(20, TimeUnit.SECONDS);
			}))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class));
	}

	@Test
	void whenReportThenTheMethodCanSeeItAndTheCallerIsTold() {
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> this.work.reported(this.application.key(), () -> {
				Lease lease = Lease.current().orElseThrow();
				assertThat(lease.isHeld()).isTrue();
				this.application.steal();
				Awaitility.await().until(() -> !lease.isHeld());
				assertThat(Thread.currentThread().isInterrupted()).isFalse();
			}))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo(this.application.key()));
	}

	interface Body {

		void run() throws InterruptedException;

	}

	static class Work {

		@RedisLocked(key = "#key", expire = "1500ms", renew = Renewal.ALWAYS, onLoss = OnLoss.INTERRUPT)
		void interrupted(String key, Body body) throws InterruptedException {
			body.run();
		}

		@RedisLocked(key = "#key", expire = "1500ms", renew = Renewal.ALWAYS)
		void reported(String key, Body body) throws InterruptedException {
			body.run();
		}

	}

}
