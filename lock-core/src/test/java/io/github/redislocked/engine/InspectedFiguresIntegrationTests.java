/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.Renewal;
import io.github.redislocked.ThreadBoundLease;
import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.WaiterSnapshot;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The figures that a process shows of its own leases and waiters, against Redis and
 * against the caller's clock.
 */
class InspectedFiguresIntegrationTests extends AbstractTwoEngines {

	/** A wall clock is read beside a monotonic one. */
	private static final Duration CLOCKS = Duration.ofMillis(200);

	private final LockInspector here = new EngineInspector(this.engines.get(0));

	private final LockInspector there = new EngineInspector(this.engines.get(1));

	InspectedFiguresIntegrationTests() {
		super(Driver.JEDIS);
	}

	@Test
	void whenALeaseIsHeldThenItsTimesAreThoseOfItsHolderAndOfRedis() throws InterruptedException {
		Instant before = Instant.now();
		try (Lease lease = this.engines.get(0).acquire(spec())) {
			Instant after = Instant.now();
			LeaseSnapshot first = this.here.held().get(0);
			assertThat(first.ownerToken()).isEqualTo(lease.ownerToken());
			assertThat(first.name()).isNull();
			assertThat(first.since()).isBetween(before.minus(CLOCKS), after.plus(CLOCKS));
			assertThat(left().minus(first.remaining())).isBetween(CLOCKS.negated(), Duration.ofSeconds(5));
			lease.renew(Duration.ofSeconds(90));
			LeaseSnapshot second = this.here.held().get(0);
			assertThat(second.since()).isBetween(first.since().minus(CLOCKS), first.since().plus(CLOCKS));
			assertThat(left().minus(second.remaining())).isBetween(CLOCKS.negated(), Duration.ofSeconds(5));
			assertThat(second.remaining()).isGreaterThan(Duration.ofSeconds(60));
		}
	}

	@Test
	void whenALeaseIsRenewedByItselfThenEachRenewalIsCounted() throws InterruptedException {
		try (Lease lease = this.engines.get(0).acquire(spec().expire(Duration.ofSeconds(1)).renew(Renewal.ALWAYS))) {
			Awaitility.await().until(() -> this.here.held().get(0).renewals() >= 2);
			assertThat(lease.isHeld()).isTrue();
		}
	}

	@Test
	void whenALeaseHasRunOutThenItIsHeldNoLonger() throws InterruptedException {
		Lease lease = this.engines.get(0).acquire(spec().expire(Duration.ofSeconds(2)).renew(Renewal.NEVER));
		assertThat(this.here.held()).hasSize(1);
		Awaitility.await().until(() -> this.here.held().isEmpty());
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
	}

	@Test
	void whenSeveralLeasesAreHeldThenTheyAreInTheOrderOfTheirKeys() throws InterruptedException {
		try (Lease last = this.engines.get(0).acquire(spec(":c"));
				Lease first = this.engines.get(0).acquire(spec(":a"));
				Lease middle = this.engines.get(0).acquire(spec(":b"))) {
			assertThat(this.here.held()).extracting(LeaseSnapshot::key, LeaseSnapshot::fencingToken)
				.containsExactly(tuple(first.key(), first.fencingToken()), tuple(middle.key(), middle.fencingToken()),
						tuple(last.key(), last.fencingToken()));
		}
	}

	@Test
	void whenAThreadHasALeaseTwiceThenItIsNamedOnce() throws InterruptedException {
		try (Lease lease = this.engines.get(0).acquire(spec())) {
			lease.run(() -> {
				try (Lease shared = this.engines.get(0).acquire(spec())) {
					assertThat(shared.ownerToken()).isEqualTo(lease.ownerToken());
					assertThat(this.here.held()).singleElement()
						.satisfies(
								(held) -> assertThat(held.threads()).containsExactly(Thread.currentThread().getName()))
						.satisfies((held) -> assertThat(held.subscriptions()).isZero());
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
		}
	}

	@Test
	void whenALeaseIsBoundToNoThreadThenNoneIsNamed() throws Exception {
		try (Lease lease = this.engines.get(0).acquireAsync(spec()).toCompletableFuture().get()) {
			assertThat(this.here.held()).singleElement().satisfies((held) -> {
				assertThat(held.ownerToken()).isEqualTo(lease.ownerToken());
				assertThat(held.threads()).isEmpty();
				assertThat(held.subscriptions()).isOne();
			});
		}
	}

	@Test
	void whenALeaseOutlivesItsThreadThenThatIsNamedAsLongAsItLives() throws Exception {
		String here = Thread.currentThread().getName();
		ThreadBoundLease lease = (ThreadBoundLease) this.engines.get(0).acquire(spec());
		try (lease) {
			lease.unbind();
			CompletableFuture<Void> end = new CompletableFuture<>();
			Thread other = new Thread(() -> lease.run(end::join), "took-over");
			other.start();
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.here.held()).singleElement()
					.satisfies((held) -> assertThat(held.threads()).containsExactlyInAnyOrder(here, "took-over")));
			end.complete(null);
			other.join();
			assertThat(this.here.held()).singleElement().satisfies((held) -> {
				assertThat(held.threads()).containsExactly(here);
				assertThat(held.subscriptions()).isZero();
			});
		}
	}

	@Test
	void whenCallersWaitThenTheirTimesAreTheirOwnAndTheyAreInTheOrderOfTheirKeys() throws Exception {
		List<CompletableFuture<Void>> waiting = new ArrayList<>();
		try (Lease b = this.engines.get(0).acquire(spec(":b")); Lease a = this.engines.get(0).acquire(spec(":a"))) {
			Instant before = Instant.now();
			for (String part : List.of(":b", ":a")) {
				waiting.add(this.engines.get(1)
					.acquireAsync(spec(part).name("waiter" + part))
					.thenAccept(Lease::close)
					.toCompletableFuture());
				TestRedis.awaitWaiters(this.redis, this.key + part, 1);
			}
			List<WaiterSnapshot> first = this.there.waiting();
			Instant after = Instant.now();
			assertThat(first).extracting(WaiterSnapshot::key).containsExactly(a.key(), b.key());
			assertThat(first).extracting(WaiterSnapshot::name).containsExactly("waiter:a", "waiter:b");
			assertThat(first).allSatisfy((waiter) -> {
				assertThat(waiter.since()).isBetween(before.minus(CLOCKS), after.plus(CLOCKS));
				assertThat(waiter.timeoutLeft()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
			});
			WaiterSnapshot later = this.there.waiting().get(0);
			assertThat(later.timeoutLeft()).isLessThan(first.get(0).timeoutLeft());
			assertThat(later.since()).isBetween(first.get(0).since().minus(CLOCKS), first.get(0).since().plus(CLOCKS));
		}
		CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
	}

	private Duration left() {
		return Duration.ofMillis(this.redis.getExpire("redis-lock:{" + this.key + "}", TimeUnit.MILLISECONDS));
	}

}
