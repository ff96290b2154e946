/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TcpProxy;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waiting costs in Redis, and what becomes of waiters whom no wake-up reaches.
 */
class AwaitedLocksIntegrationTests {

	/** Much longer than a waiter takes to ask again, much shorter than a lease. */
	private static final Duration SOON = Duration.ofSeconds(10);

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenManyCallersWaitForManyKeysThenOneChannelAndOnePlaceEach(Driver driver) throws Exception {
		String label = "waiting-" + UUID.randomUUID();
		LockEngine holder = engine(TestRedis.shared().connect(driver), "holding");
		LockEngine waiting = engine(TestRedis.shared().connect(driver), label);
		List<Lease> leases = new ArrayList<>();
		List<CompletableFuture<Lease>> waiters = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			leases.add(holder.acquire(spec(i)));
			for (int j = 0; j < 5; j++) {
				waiters.add(waiting.acquireAsync(spec(i)).toCompletableFuture());
			}
		}
		for (int i = 0; i < 10; i++) {
			TestRedis.awaitWaiters(this.redis, this.key + i, 1);
		}
		leases.forEach(Lease::close);
		for (CompletableFuture<Lease> waiter : waiters) {
			Lease lease = waiter.get(30, TimeUnit.SECONDS);
			assertThat(TestRedis.channels(this.redis, "*" + label + "*")).isLessThanOrEqualTo(1);
			lease.close();
		}
		waiting.close();
		holder.close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenTheSubscriptionIsSilentThenTheWaiterFindsTheLockByItself(Driver driver) throws Exception {
		try (TcpProxy proxy = new TcpProxy(TestRedis.shared().port())) {
			LockEngine waiting = engine(driver.connect(proxy.port()), "silent");
			proxy.fate(TcpProxy.Fate.LOSE_MESSAGES);
			handedOver(engine(TestRedis.shared().connect(driver), "holding"), waiting, this.redis);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenChannelsAreForbiddenThenTheWaiterFindsTheLockByItself(Driver driver) throws Exception {
		try (TestRedis restricted = TestRedis.start("user default on nopass ~* resetchannels +@all")) {
			handedOver(engine(restricted.connect(driver), "holding"), engine(restricted.connect(driver), "waiting"),
					restricted.template());
		}
	}

	// Twice, since the first wait begins before the subscription stands.
	private void handedOver(LockEngine holder, LockEngine waiting, StringRedisTemplate template) throws Exception {
		for (int i = 0; i < 2; i++) {
			Lease lease = holder.acquire(spec(i));
			CompletableFuture<Lease> waiter = waiting.acquireAsync(spec(i)).toCompletableFuture();
			TestRedis.awaitWaiters(template, this.key + i, 1);
			lease.close();
			Lease next = waiter.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
			assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
			next.close();
		}
		waiting.close();
		holder.close();
	}

	private LockSpec spec(int number) {
		return LockSpec.of(this.key + number).timeout(Duration.ofMinutes(1));
	}

	private static LockEngine engine(RedisConnectionFactory connections, String label) {
		return new LockEngine(TestEngines.store(connections), new LockEngineSettings(label, Duration.ofSeconds(30),
				Duration.ofSeconds(3), Duration.ofHours(1), Duration.ofMillis(100), TestEngines.LOCAL_HANDOVER));
	}

}
