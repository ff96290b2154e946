/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.ThreadBoundLease;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What becomes of leases that are renewed when threads end without closing them.
 */
@Execution(ExecutionMode.CONCURRENT)
class HoldingThreadsIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(2);

	private final String key = "held:" + System.nanoTime();

	private final String lock = "redis-lock:{" + this.key + "}";

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final TestEngines engines = new TestEngines(TestRedis.shared(), Driver.LETTUCE);

	private final LockEngine engine = this.engines.start();

	private final ExecutorService other = Executors.newSingleThreadExecutor();

	@AfterEach
	void stop() {
		this.other.shutdownNow();
		this.engines.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheThreadHasEndedThenTheLeaseRunsOutAndIsLost(Blocking way) throws Exception {
		CountDownLatch lost = new CountDownLatch(1);
		Lease lease = inAThreadOfItsOwn(() -> {
			Lease acquired = way.acquire(this.engine, spec());
			acquired.onLost(lost::countDown);
			return acquired;
		});
		assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(lease.isHeld()).isFalse();
		Awaitility.await().until(() -> !this.redis.hasKey(this.lock));
		this.engine.acquire(spec()).close();
	}

	@Test
	void whenAVirtualThreadHasEndedThenTheLeaseRunsOut() throws Exception {
		assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
		ExecutorService virtual = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		Lease lease = virtual.submit(() -> this.engine.acquire(spec())).get();
		Awaitility.await().until(() -> !lease.isHeld() && !this.redis.hasKey(this.lock));
		virtual.shutdown();
	}

	@ParameterizedTest
	@EnumSource
	void whenAnotherThreadHasTakenItOverThenTheLeaseLivesAsLongAsThatOne(TakingOver way) throws Exception {
		Lease lease = inAThreadOfItsOwn(() -> {
			Lease acquired = this.engine.acquire(spec());
			this.other.submit(() -> way.takeOver(acquired)).get();
			return acquired;
		});
		assertLives(lease);
		this.other.shutdown();
		Awaitility.await().until(() -> !lease.isHeld());
	}

	@Test
	void whenTakenOverAfterItsThreadHasEndedThenTheLeaseLivesAgain() throws Exception {
		Lease lease = inAThreadOfItsOwn(() -> this.engine.acquire(spec()));
		// A renewal was due by now, and was not sent.
		Awaitility.await().until(() -> lease.remaining().compareTo(LEASE.dividedBy(2)) < 0);
		lease.run(() -> assertLives(lease));
		lease.close();
	}

	@Test
	void whenAnotherThreadHasHelpedAndEndedThenTheLeaseLives() throws Exception {
		Lease lease = this.engine.acquire(spec());
		for (TakingOver way : TakingOver.values()) {
			inAThreadOfItsOwn(() -> {
				way.takeOver(lease);
				return lease;
			});
		}
		assertLives(lease);
		lease.close();
		assertThat(this.redis.hasKey(this.lock)).isFalse();
	}

	@Test
	void whenAcquiredWithoutBlockingThenTheLeaseBelongsToNoThread() throws Exception {
		Lease lease = inAThreadOfItsOwn(() -> {
			Lease acquired = this.engine.acquireAsync(spec()).toCompletableFuture().join();
			acquired.run(() -> {
			});
			return acquired;
		});
		assertLives(lease);
		lease.close();
	}

	@Test
	void whenFreedFromItsThreadsThenTheLeaseLives() throws Exception {
		Lease lease = inAThreadOfItsOwn(() -> {
			Lease acquired = this.engine.acquire(spec());
			((ThreadBoundLease) acquired).unbind();
			acquired.renew(LEASE);
			return acquired;
		});
		assertLives(lease);
		lease.close();
	}

	@Test
	void whenSharedThenTheLockLivesAsLongAsOneOfThem() throws Exception {
		AtomicReference<Lease> inner = new AtomicReference<>();
		Lease outer = inAThreadOfItsOwn(() -> {
			Lease acquired = this.engine.acquire(spec());
			this.other.submit(() -> {
				LeaseScope scope = LeaseScope.replace(List.of(acquired));
				inner.set(this.engine.acquire(spec()));
				scope.close();
				return inner;
			}).get();
			return acquired;
		});
		assertThat(inner.get().ownerToken()).isEqualTo(outer.ownerToken());
		assertLives(outer);
		this.other.shutdown();
		Awaitility.await().until(() -> !outer.isHeld() && !inner.get().isHeld());
		Awaitility.await().until(() -> !this.redis.hasKey(this.lock));
	}

	private void assertLives(Lease lease) {
		Awaitility.await()
			.during(LEASE.multipliedBy(3))
			.atMost(LEASE.multipliedBy(8))
			.until(() -> lease.isHeld() && this.redis.hasKey(this.lock));
	}

	private static <T> T inAThreadOfItsOwn(Callable<T> work) throws Exception {
		FutureTask<T> task = new FutureTask<>(work);
		Thread thread = new Thread(task);
		thread.start();
		thread.join();
		return task.get();
	}

	private LockSpec spec() {
		return LockSpec.of(this.key).expire(LEASE).renew(Renewal.ALWAYS).timeout(Duration.ofSeconds(5));
	}

	/**
	 * Calls that block, and give a lease to be closed.
	 */
	enum Blocking {

		ACQUIRE {
			@Override
			Lease acquire(LockEngine engine, LockSpec spec) throws InterruptedException {
				return engine.acquire(spec);
			}
		},

		TRY_ACQUIRE {
			@Override
			Lease acquire(LockEngine engine, LockSpec spec) throws InterruptedException {
				return engine.tryAcquire(spec).orElseThrow();
			}
		},

		ACQUIRE_ALL {
			@Override
			Lease acquire(LockEngine engine, LockSpec spec) throws InterruptedException {
				return engine.acquireAll(List.of(spec, LockSpec.of(spec.key() + "+"))).get(0);
			}
		};

		abstract Lease acquire(LockEngine engine, LockSpec spec) throws InterruptedException;

	}

	/**
	 * Ways in which a thread takes a lease over.
	 */
	enum TakingOver {

		RUN {
			@Override
			void takeOver(Lease lease) {
				lease.run(() -> {
				});
			}
		},

		CALL {
			@Override
			void takeOver(Lease lease) {
				lease.call(() -> "done");
			}
		},

		RENEW {
			@Override
			void takeOver(Lease lease) {
				lease.renew(LEASE);
			}
		};

		abstract void takeOver(Lease lease);

	}

}
