/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.engine.LocalHandover;
import io.github.redislocked.engine.LockEngine;
import io.github.redislocked.engine.LockEngineSettings;
import io.github.redislocked.store.redis.QueueLockStore;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Leases that are kept for a transaction which goes on without the thread that began it.
 */
class TransactionOfAnotherThreadIntegrationTests {

	@Test
	void whenTheThreadHasEndedThenTheLeaseLivesUntilTheTransactionHasCompleted() throws Exception {
		LockEngineSettings settings = new LockEngineSettings("test", Duration.ofSeconds(30), Duration.ofSeconds(3),
				Duration.ofHours(1), Duration.ofMillis(100), LocalHandover.DEFAULT);
		try (LockEngine engine = new LockEngine(
				new QueueLockStore(TestRedis.shared().connect(Driver.LETTUCE), "redis-lock:", Duration.ofMinutes(10)),
				settings)) {
			LockSpec spec = LockSpec.of("kept:" + System.nanoTime())
				.expire(Duration.ofSeconds(2))
				.renew(Renewal.ALWAYS);
			AtomicReference<Lease> held = new AtomicReference<>();
			FutureTask<KeptLeases> beginning = new FutureTask<>(() -> {
				TransactionSynchronizationManager.initSynchronization();
				Lease lease = engine.acquire(spec);
				held.set(lease);
				KeptLeases kept = KeptLeases.ofTransaction();
				kept.keep(lease).close();
				kept.suspend();
				return kept;
			});
			Thread thread = new Thread(beginning);
			thread.start();
			thread.join();
			KeptLeases kept = beginning.get();
			Awaitility.await().during(Duration.ofSeconds(5)).until(() -> held.get().isHeld());
			kept.afterCompletion(TransactionSynchronization.STATUS_COMMITTED);
			assertThat(engine.tryAcquire(spec)).hasValueSatisfying(Lease::close);
		}
	}

}
