/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;

import io.github.redislocked.Lease;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.sample.live.Happening.Kind;
import io.github.redislocked.sample.shop.ShopApplication;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What visitors are told of leases, with two applications on one Redis.
 */
class LiveLeaseIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static TestRedis redis;

	private static ConfigurableApplicationContext one;

	private static ConfigurableApplicationContext two;

	private final Show show = Show.of(ShowKind.BUYERS, true);

	@BeforeAll
	static void open() {
		redis = TestRedis.start();
		one = start("one");
		two = start("two");
	}

	@AfterAll
	static void close() {
		one.close();
		two.close();
		redis.close();
	}

	@BeforeEach
	void begin() {
		one.getBean(Feed.class).begin();
	}

	@Test
	void whenAnotherInstanceHasHandedOverThenALeaseIsNeverToldAsOverWhileItIsHeld() throws Exception {
		Caller customer = caller(two);
		CompletableFuture<Void> visit;
		try (Lease before = one.getBean(LockTemplate.class).acquire(LockSpec.of(LiveShop.KEY))) {
			assertThat(before.isHeld()).isTrue();
			// Longer than the time for which a lease is short that was handed over.
			visit = CompletableFuture
				.runAsync(() -> two.getBean(Customers.class).visit(customer, Duration.ofSeconds(3)));
			await().atMost(PATIENCE).until(() -> one.getBean(LockInspector.class).inspect(LiveShop.KEY).waiters() == 1);
		}
		visit.join();
		List<Entry> told = told();
		assertThat(told).extracting((entry) -> entry.happening().kind())
			.containsSubsequence(Kind.WAIT, Kind.ENTER, Kind.RENEWED, Kind.SOLD);
		Entry entered = first(told, Kind.ENTER);
		assertThat(hold(entered).origin()).isEqualTo(LockOrigin.REMOTE);
		assertThat(until(entered)).as("while the hand-over is claimed").isLessThan(entered.at() + LEASE.toMillis() / 2);
		long until = told.stream()
			.filter((entry) -> entry.happening().hold() != null)
			.mapToLong(LiveLeaseIntegrationTests::until)
			.max()
			.orElseThrow();
		assertThat(until).as("when it is lifted")
			.isGreaterThan(first(told, Kind.SOLD).at())
			.isGreaterThan(until(entered) + LEASE.toMillis() / 2);
	}

	@Test
	void whenALeaseIsRenewedThenItsEndIsToldWhileTheCallerIsInside() throws Exception {
		Entrance entrance = one.getBean(Entrance.class);
		Caller caller = caller(one);
		try (Lease lease = one.getBean(LockTemplate.class).acquire(LockSpec.of("renewed").expire(LEASE))) {
			entrance.enter(caller, lease);
			lease.renew(LEASE.multipliedBy(2));
			await().atMost(PATIENCE).until(() -> told().size() > 1);
			entrance.leave(caller, Kind.DONE);
		}
		assertThat(told()).extracting((entry) -> entry.happening().kind())
			.containsExactly(Kind.ENTER, Kind.RENEWED, Kind.DONE);
	}

	@Test
	void whenALeaseIsRenewedAndTheCallerLeavesAtOnceThenItsEndIsToldBefore() throws Exception {
		Entrance entrance = one.getBean(Entrance.class);
		Caller caller = caller(one);
		try (Lease lease = one.getBean(LockTemplate.class).acquire(LockSpec.of("renewed").expire(LEASE))) {
			entrance.enter(caller, lease);
			lease.renew(LEASE.multipliedBy(2));
			entrance.leave(caller, Kind.DONE);
		}
		List<Entry> told = told();
		assertThat(told).extracting((entry) -> entry.happening().kind())
			.containsExactly(Kind.ENTER, Kind.RENEWED, Kind.DONE);
		assertThat(until(told.get(1))).isGreaterThan(until(told.get(0)));
	}

	@Test
	void whenALeaseKeepsItsEndThenItIsToldOnce() throws Exception {
		Entrance entrance = one.getBean(Entrance.class);
		Caller caller = caller(one);
		try (Lease lease = one.getBean(LockTemplate.class).acquire(LockSpec.of("kept").expire(LEASE))) {
			entrance.enter(caller, lease);
			entrance.leave(caller, Kind.DONE);
		}
		assertThat(told()).extracting((entry) -> entry.happening().kind()).containsExactly(Kind.ENTER, Kind.DONE);
	}

	@Test
	void whenAnotherCallerOfTheInstanceHasPassedTheLockOnThenThatIsTold() throws Exception {
		Entrance entrance = one.getBean(Entrance.class);
		LockTemplate locks = one.getBean(LockTemplate.class);
		LockSpec spec = LockSpec.of("passed").expire(LEASE);
		FutureTask<Boolean> next = new FutureTask<>(() -> locks.execute(spec, () -> {
			entrance.enter(caller(one), Lease.current("passed").orElseThrow());
			return true;
		}));
		try (Lease lease = locks.acquire(spec)) {
			entrance.enter(caller(one), lease);
			new Thread(next).start();
			await().atMost(PATIENCE).until(() -> one.getBean(LockInspector.class).waiting().size() == 1);
		}
		assertThat(next.get()).isTrue();
		assertThat(told()).extracting((entry) -> hold(entry).origin())
			.containsExactly(LockOrigin.FREE, LockOrigin.LOCAL);
	}

	private Caller caller(ConfigurableApplicationContext instance) {
		return new Caller(instance.getBean(Feed.class), this.show, instance.getBean(Instance.class).name(), "customer",
				"customer");
	}

	private static List<Entry> told() {
		return one.getBean(Feed.class).after(Feed.START);
	}

	private static Entry first(List<Entry> told, Kind kind) {
		return told.stream().filter((entry) -> entry.happening().kind() == kind).findFirst().orElseThrow();
	}

	private static long until(Entry entry) {
		return hold(entry).until();
	}

	private static Hold hold(Entry entry) {
		Hold hold = entry.happening().hold();
		assertThat(hold).isNotNull();
		return hold;
	}

	private static ConfigurableApplicationContext start(String name) {
		return new SpringApplicationBuilder(ShopApplication.class).run("--server.port=0",
				"--spring.data.redis.port=" + redis.port(), "--redis-lock.instance-id=" + name,
				"--live.expire=" + LEASE.toSeconds() + "s");
	}

}
