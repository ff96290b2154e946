/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.redis.GetSetLockStore;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TestRedis;
import io.github.redislocked.testing.TestReplicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A fail-over that loses what the old primary wrote last, with and without replicas that
 * confirm locks.
 */
@Execution(ExecutionMode.CONCURRENT)
class FailOverIntegrationTests {

	private static final LockSpec SPEC = LockSpec.of("k").timeout(Duration.ZERO).expire(Duration.ofSeconds(60));

	@ParameterizedTest
	@CsvSource({ "queue,LETTUCE", "queue,JEDIS", "getset,LETTUCE", "getset,JEDIS" })
	void whenNobodyWaitsForReplicasThenTheLockIsGrantedTwice(String algorithm, Driver driver) throws Exception {
		try (TestReplicas servers = new TestReplicas(2);
				LockEngine before = engine(algorithm, servers.primary(), driver, 0)) {
			servers.freeze();
			servers.cut();
			Lease first = before.acquire(SPEC);
			failOver(servers);
			try (LockEngine after = engine(algorithm, servers.replica(0), driver, 0);
					Lease second = after.acquire(SPEC)) {
				assertThat(List.of(first, second)).allMatch(Lease::isHeld);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "queue,LETTUCE", "queue,JEDIS", "getset,LETTUCE", "getset,JEDIS" })
	void whenAReplicaHasToConfirmThenItIsGrantedOnce(String algorithm, Driver driver) throws Exception {
		try (TestReplicas servers = new TestReplicas(2);
				LockEngine before = engine(algorithm, servers.primary(), driver, 1)) {
			servers.freeze();
			servers.cut();
			assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> before.acquire(SPEC))
				.withMessageContaining("0 of the 1 replicas");
			failOver(servers);
			try (LockEngine after = engine(algorithm, servers.replica(0), driver, 0);
					Lease second = after.acquire(SPEC)) {
				assertThat(second.isHeld()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "queue,LETTUCE", "queue,JEDIS", "getset,LETTUCE", "getset,JEDIS" })
	void whenAReplicaHasConfirmedThenTheLockSurvives(String algorithm, Driver driver) throws Exception {
		try (TestReplicas servers = new TestReplicas(1);
				LockEngine before = engine(algorithm, servers.primary(), driver, 1)) {
			Lease first = before.acquire(SPEC.timeout(Duration.ofSeconds(10)));
			failOver(servers);
			try (LockEngine after = engine(algorithm, servers.replica(0), driver, 0)) {
				assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> after.acquire(SPEC));
			}
			assertThat(first.isHeld()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenThereAreNoReplicasThenNobodyEnters(Driver driver) throws Exception {
		try (TestReplicas servers = new TestReplicas(0);
				LockEngine engine = engine("queue", servers.primary(), driver, 1)) {
			assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> engine.acquire(SPEC))
				.withMessageContaining("0 of the 1 replicas");
			assertThat(servers.primary().template().hasKey("redis-lock:{k}")).isFalse();
		}
	}

	// A driver that connects again repeats the WAIT, and here another server answers it.
	@ParameterizedTest
	@EnumSource
	void whenThePrimaryIsReplacedBehindItsAddressThenNobodyEntersByItsConfirmation(Driver driver) throws Exception {
		int port = Ports.next();
		TestRedis former = TestReplicas.startPrimary(port);
		try (TestRedis replica = TestRedis.start("replicaof 127.0.0.1 " + port)) {
			LockEngine engine = new LockEngine(TestEngines.store(driver.connect(port, Duration.ofSeconds(20)), 1),
					TestEngines.SETTINGS);
			LockSpec spec = SPEC.timeout(Duration.ofSeconds(60));
			Awaitility.await().until(() -> TestReplicas.ask(former, "INFO", "replication").contains("state=online"));
			engine.acquire(spec).close();
			ProcessHandle formerProcess = ProcessHandle.of(former.pid()).orElseThrow();
			long pid = replica.pid();
			Signals.freeze(pid);
			CompletableFuture<Lease> lease = engine.acquireAsync(spec).toCompletableFuture();
			Awaitility.await().until(() -> TestReplicas.ask(former, "CLIENT", "LIST").contains(" cmd=wait "));
			formerProcess.destroyForcibly();
			former.close();
			try (TestRedis successor = TestReplicas.startPrimary(port)) {
				Signals.thaw(pid);
				Lease granted = lease.get(60, TimeUnit.SECONDS);
				assertThat(successor.template().opsForValue().get("redis-lock:{k}")).isEqualTo(granted.ownerToken());
				granted.close();
				engine.close();
			}
		}
	}

	private static void failOver(TestReplicas servers) {
		servers.freezePrimary();
		servers.thaw();
		servers.promote(0);
	}

	private static LockEngine engine(String algorithm, TestRedis server, Driver driver, int replicas) {
		LockStore store = algorithm.equals("queue")
				? TestEngines.store(driver.connect(server.port(), Duration.ofSeconds(2)), replicas)
				: new GetSetLockStore(
						driver.connect(RestrictedUser.configurationForGetSet(server.port()), Duration.ofSeconds(2)),
						"redis-lock:", Duration.ofMinutes(10), replicas);
		return new LockEngine(store, TestEngines.SETTINGS);
	}

}
