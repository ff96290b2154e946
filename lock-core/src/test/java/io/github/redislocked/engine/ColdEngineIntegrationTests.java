/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers whose driver has no connection yet.
 */
class ColdEngineIntegrationTests {

	private final String key = "order:" + UUID.randomUUID();

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenInterruptedWhileConnectingThenAnInterruptOrALease(Driver driver) throws Exception {
		for (int round = 0; round < 10; round++) {
			try (TestEngines cold = new TestEngines(TestRedis.shared(), driver)) {
				LockEngine engine = cold.start();
				CompletableFuture<Boolean> result = new CompletableFuture<>();
				Thread caller = new Thread(() -> lockOnce(engine, result));
				caller.start();
				LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000));
				caller.interrupt();
				assertThat(result.get(10, TimeUnit.SECONDS)).isTrue();
				awaitNothingIsLeft(engine);
			}
		}
	}

	private void lockOnce(LockEngine engine, CompletableFuture<Boolean> result) {
		try {
			Lease lease = engine.acquire(LockSpec.of(this.key));
			Thread.currentThread().interrupt();
			lease.close();
			result.complete(true);
		}
		catch (InterruptedException ex) {
			result.complete(!Thread.currentThread().isInterrupted());
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
	}

	private void awaitNothingIsLeft(LockEngine engine) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> assertThat(TestRedis.shared().template().keys("redis-lock:{" + this.key + "*"))
				.allMatch((name) -> name.endsWith(":fence")));
		Awaitility.await().until(() -> engine.parts().queues().size() == 0);
	}

}
