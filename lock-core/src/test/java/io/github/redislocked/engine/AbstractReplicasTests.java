/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import io.github.redislocked.testing.TestReplicas;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who enters when replicas confirm locks, however the caller came by the lock.
 */
abstract class AbstractReplicasTests extends AbstractReplicatedEngines {

	AbstractReplicasTests(Driver driver) {
		super(driver);
	}

	@Test
	void whenSomebodyEntersThenBothReplicasHaveTheLock() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		for (int round = 0; round < 50; round++) {
			try (Lease lease = engine.acquire(spec())) {
				assertThat(onReplica(0)).isEqualTo(lease.ownerToken());
				assertThat(onReplica(1)).isEqualTo(lease.ownerToken());
			}
		}
	}

	@Test
	void whenReplicasDoNotAnswerThenGivenBackWithTheNumberThatDid() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		this.servers.freeze();
		assertThatExceptionOfType(LockStoreException.class)
			.isThrownBy(() -> engine.acquire(spec().timeout(Duration.ZERO)))
			.withMessageContaining("0 of the 2 replicas")
			.withMessageContaining("redis-lock.replicas.wait")
			.matches(LockStoreException::isTransient);
		assertThat(this.redis.hasKey(lock())).isFalse();
		assertThatExceptionOfType(LockStoreException.class)
			.isThrownBy(() -> engine.tryAcquire(spec().timeout(Duration.ofMillis(400))));
		assertThat(this.redis.hasKey(lock())).isFalse();
		this.servers.thaw();
		engine.acquire(spec()).close();
	}

	@Test
	void whenReplicasAnswerAgainThenWhoWaitedGetsIt() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		LockEngine other = engine(LocalHandover.DEFAULT);
		this.servers.freeze();
		CompletableFuture<Lease> blocking = blocking(engine, spec());
		CompletableFuture<Lease> waiting = other.acquireAsync(spec()).toCompletableFuture();
		awaitWaits(2);
		assertThat(blocking).isNotDone();
		assertThat(waiting).isNotDone();
		this.servers.thaw();
		Lease first = (Lease) CompletableFuture.anyOf(blocking, waiting).get(20, TimeUnit.SECONDS);
		assertThat(first.isHeld()).isTrue();
		assertThat(blocking.isDone() && waiting.isDone()).isFalse();
		first.close();
		Lease second = (blocking.isDone() && blocking.join() == first) ? got(waiting) : got(blocking);
		assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
		second.close();
	}

	@Test
	void whenHandedOverByAnotherProcessThenConfirmedBeforeTheNextOneEnters() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		LockEngine other = engine(LocalHandover.DEFAULT);
		Lease first = engine.acquire(spec());
		CompletableFuture<Lease> next = other.acquireAsync(spec()).toCompletableFuture();
		awaitWakeable();
		this.servers.freeze();
		first.close();
		assertNotDoneFor(next, Duration.ofMillis(1500));
		this.servers.thaw();
		Lease second = got(next);
		assertThat(onReplica(0)).isEqualTo(second.ownerToken());
		// Its full lease, and not the claim time.
		assertThat(second.remaining()).isGreaterThan(Duration.ofSeconds(20));
		assertThat(this.redis.getExpire(lock(), TimeUnit.SECONDS)).isGreaterThan(20);
		second.close();
	}

	@Test
	void whenHandedOverAndReplicasAnswerThenTheyHaveTheFullLease() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		LockEngine other = engine(LocalHandover.DEFAULT);
		Lease first = engine.acquire(spec());
		CompletableFuture<Lease> next = blocking(other, spec());
		awaitWakeable();
		first.close();
		Lease second = got(next);
		assertThat(onReplica(1)).isEqualTo(second.ownerToken());
		assertThat(TestReplicas.ask(this.servers.replica(1), "PTTL", lock())).hasSize(5);
		second.close();
	}

	@Test
	void whenPassedInsideTheProcessThenReplicasAreNotAskedAgain() throws Exception {
		LockEngine engine = engine(new LocalHandover(100, Duration.ofMinutes(1)));
		Lease first = engine.acquire(spec());
		CompletableFuture<Lease> next = engine.acquireAsync(spec()).toCompletableFuture();
		TestRedis.resetStatistics(this.redis);
		this.servers.freeze();
		first.close();
		Lease second = got(next);
		assertThat(second.ownerToken()).isEqualTo(first.ownerToken());
		assertThat(waits()).isZero();
		second.close();
	}

	@Test
	void whenYieldedThenConfirmedBeforeTheNextOneEnters() throws Exception {
		LockEngine engine = engine(LocalHandover.NONE);
		Lease first = engine.acquire(spec());
		CompletableFuture<Lease> next = engine.acquireAsync(spec()).toCompletableFuture();
		this.servers.freeze();
		first.close();
		assertNotDoneFor(next, Duration.ofMillis(1500));
		this.servers.thaw();
		Lease second = got(next);
		assertThat(second.ownerToken()).isNotEqualTo(first.ownerToken());
		assertThat(onReplica(0)).isEqualTo(second.ownerToken());
		second.close();
	}

	@Test
	void whenAnotherHoldsItThenThatIsWhatTheCallerIsTold() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		LockEngine other = engine(LocalHandover.DEFAULT);
		try (Lease lease = engine.acquire(spec())) {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> other.acquire(spec().timeout(Duration.ofMillis(300))))
				.satisfies((ex) -> assertThat(ex.holder()).contains(lease.ownerToken()));
		}
	}

}
