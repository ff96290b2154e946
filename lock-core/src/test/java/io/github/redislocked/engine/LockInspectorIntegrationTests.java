/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockForceReleased;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.QueuedSnapshot;
import io.github.redislocked.inspection.WaiterSnapshot;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.redis.GetSetLockStore;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedEvents;
import io.github.redislocked.testing.RecordedLog;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an operator is shown agrees with Redis, and what an operator does has its effect.
 */
class LockInspectorIntegrationTests extends AbstractTwoEngines {

	private final LockInspector here = new EngineInspector(this.engines.get(0));

	private final LockInspector there = new EngineInspector(this.engines.get(1));

	LockInspectorIntegrationTests() {
		super(Driver.LETTUCE);
	}

	@Test
	void whenALockIsHeldThenItsFiguresAreThoseOfRedis() throws InterruptedException {
		try (Lease lease = this.engines.get(0).acquire(spec().name("Orders.pay"))) {
			LeaseSnapshot held = this.here.held().get(0);
			LockSnapshot lock = this.there.inspect(this.key);
			String redisKey = "redis-lock:{" + this.key + "}";
			assertThat(held.key()).isEqualTo(this.key);
			assertThat(held.name()).isEqualTo("Orders.pay");
			assertThat(held.threads()).containsExactly(Thread.currentThread().getName());
			assertThat(held.fencingToken()).isEqualTo(lease.fencingToken());
			assertThat(this.redis.opsForValue().get(redisKey)).isEqualTo(held.ownerToken())
				.isEqualTo(lock.ownerToken());
			assertThat(lock.instance()).isEqualTo("test");
			assertThat(this.redis.opsForHash().get(redisKey + ":fence", "last"))
				.isEqualTo(String.valueOf(lock.lastFencingToken()));
			assertThat(lock.remaining().toMillis() - this.redis.getExpire(redisKey, TimeUnit.MILLISECONDS))
				.isBetween(0L, 5_000L);
			assertThat(held.remaining()).isLessThanOrEqualTo(lock.remaining());
			assertThat(this.there.held()).isEmpty();
		}
		assertThat(this.here.held()).isEmpty();
		assertThat(this.there.inspect(this.key).held()).isFalse();
	}

	@Test
	void whenALeaseIsRenewedThenThatIsCounted() throws InterruptedException {
		try (Lease lease = this.engines.get(0).acquire(spec())) {
			assertThat(this.here.held().get(0).renewals()).isZero();
			lease.renew(Duration.ofSeconds(40));
			assertThat(this.here.held().get(0).renewals()).isEqualTo(1);
		}
	}

	@Test
	void whenSeveralWaitThenTheyAreShownInTheirOrder() throws Exception {
		Lease lease = this.engines.get(0).acquire(spec());
		CompletableFuture<Lease> behindHolder = this.engines.get(0)
			.acquireAsync(spec().name("here"))
			.toCompletableFuture();
		CompletableFuture<Lease> first = this.engines.get(1).acquireAsync(spec().name("first")).toCompletableFuture();
		CompletableFuture<Lease> second = this.engines.get(1).acquireAsync(spec().name("second")).toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		assertThat(this.here.waiting()).singleElement()
			.satisfies((waiter) -> assertThat(waiter.contending()).isFalse())
			.extracting(WaiterSnapshot::name)
			.isEqualTo("here");
		List<WaiterSnapshot> waiting = this.there.waiting();
		assertThat(waiting).extracting(WaiterSnapshot::name).containsExactly("first", "second");
		assertThat(waiting).extracting(WaiterSnapshot::contending).containsExactly(true, false);
		LockSnapshot lock = this.here.inspect(this.key);
		assertThat(lock.waiters()).isEqualTo(1);
		assertThat(lock.queue()).extracting(QueuedSnapshot::ownerToken)
			.containsExactlyElementsOf(this.redis.opsForZSet().range("redis-lock:{" + this.key + "}:queue", 0, -1));
		assertThat(lock.queue()).allMatch(QueuedSnapshot::live);
		lease.close();
		// Whoever of them gets it first, by a hand-over in the process or in Redis.
		CompletableFuture
			.allOf(behindHolder.thenAccept(Lease::close), first.thenAccept(Lease::close),
					second.thenAccept(Lease::close))
			.get();
	}

	@Test
	void whenALockIsTakenAwayThenTheNextOneHasItAndTheHolderLearnsIt() throws Exception {
		Lease lease = this.engines.get(0).acquire(spec().expire(Duration.ofSeconds(3)).renew(Renewal.ALWAYS));
		Future<Lease> next = this.engines.get(1).acquireAsync(spec()).toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		assertThat(this.there.forceRelease(this.key, lease.ownerToken())).isTrue();
		// As if the first answer had been lost.
		assertThat(this.there.forceRelease(this.key, lease.ownerToken())).isTrue();
		Lease heir = next.get();
		assertThat(heir.fencingToken()).isGreaterThan(lease.fencingToken());
		Awaitility.await().until(() -> !lease.isHeld());
		assertThat(heir.isHeld()).isTrue();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		heir.close();
	}

	@Test
	void whenALockOfThisProcessIsTakenAwayThenItsHolderLearnsItAtOnce() throws InterruptedException {
		Lease lease = this.engines.get(0).acquire(spec());
		assertThat(this.here.forceRelease(this.key, lease.ownerToken())).isTrue();
		assertThat(lease.isHeld()).isFalse();
		assertThat(this.here.held()).isEmpty();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
	}

	@Test
	void whenTheTokenIsNotTheHoldersThenNothingHappens() throws InterruptedException {
		try (Lease lease = this.engines.get(0).acquire(spec())) {
			OwnerToken token = OwnerToken.parse(lease.ownerToken());
			String other = new OwnerToken(token.process(), token.sequence() + 1).toString();
			assertThat(this.there.forceRelease(this.key, other)).isFalse();
			assertThat(this.there.inspect(this.key).ownerToken()).isEqualTo(lease.ownerToken());
		}
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.there.forceRelease(this.key, "no token"));
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, LockPage.MAX_LIMIT + 1, Integer.MAX_VALUE })
	void whenTooFewOrTooManyAreToBeListedThenTheBoundsAreNamed(int limit) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.here.list(null, limit))
			.withMessageContaining("limit is " + limit)
			.withMessageContaining("from 1 to 1000");
	}

	@Test
	void whenALockIsTakenAwayThenListenersAndTheLogAreToldWithoutTheKey() throws InterruptedException {
		RecordedEvents events = new RecordedEvents();
		try (LockEngine engine = new LockEngine(TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)),
				TestEngines.SETTINGS, () -> List.of(events));
				RecordedLog log = new RecordedLog(LockNotices.class.getName())) {
			Lease lease = this.engines.get(0).acquire(spec());
			new EngineInspector(engine).forceRelease(this.key, lease.ownerToken());
			LockForceReleased event = events.awaitFirst(LockForceReleased.class);
			assertThat(event.key()).isEqualTo(this.key);
			assertThat(event.ownerToken()).isEqualTo(lease.ownerToken());
			assertThat(log.warnings()).anyMatch((line) -> line.contains("An operator has taken a lock away"))
				.noneMatch((line) -> line.contains(this.key) || line.contains(lease.ownerToken()));
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1795362735959000", "-1795362735959000", "text" })
	void whenTheProtocolIsGetSetAndALockHoldsNoTimeThenItIsShownAsHeldByNobodyKnown(String value) {
		this.redis.opsForValue().set(this.key, value.repeat(100), Duration.ofMinutes(1));
		try (GetSetLockStore store = new GetSetLockStore(Driver.LETTUCE
			.connect(RestrictedUser.configurationForGetSet(TestRedis.shared().port()), Duration.ofSeconds(10)), "",
				Duration.ofMinutes(10))) {
			LockSnapshot lock = store.inspection().orElseThrow().inspect(this.key);
			assertThat(lock.held()).isTrue();
			assertThat(lock.ownerToken()).isNull();
			assertThat(lock.remaining()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
		}
	}

	@Test
	void whenTheProtocolIsGetSetThenALockIsShownAndTakenAway() throws InterruptedException {
		try (LockEngine engine = new LockEngine(new GetSetLockStore(Driver.LETTUCE
			.connect(RestrictedUser.configurationForGetSet(TestRedis.shared().port()), Duration.ofSeconds(10)), "",
				Duration.ofMinutes(10)), TestEngines.SETTINGS)) {
			LockInspector inspector = new EngineInspector(engine);
			assertThat(inspector.inspect(this.key).held()).isFalse();
			Lease lease = engine.acquire(LockSpec.of(this.key));
			LockSnapshot lock = inspector.inspect(this.key);
			assertThat(lock.ownerToken()).isEqualTo(lease.ownerToken());
			assertThat(lock.lastFencingToken()).isEqualTo(lease.fencingToken());
			assertThat(lock.value()).isEqualTo(this.redis.opsForValue().get(this.key));
			assertThat(lock.remaining()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(31));
			assertThat(inspector.forceRelease(this.key, lease.ownerToken())).isTrue();
			assertThat(inspector.forceRelease(this.key, lease.ownerToken())).isTrue();
			assertThat(this.redis.hasKey(this.key)).isFalse();
			assertThat(inspector.inspect(this.key).held()).isFalse();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		}
	}

}
