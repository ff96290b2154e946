/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.Renewal;
import io.github.redislocked.reliability.server.RedisProcess;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What has to work on every set of servers, between an application on Lettuce and one on
 * Jedis.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractTopologyTests {

	private static final int WAKE_UPS = 12;

	private final Map<Driver, Application> applications = new EnumMap<>(Driver.class);

	/**
	 * Returns all servers, of which each knows what it was asked.
	 * @return the servers
	 */
	abstract List<RedisProcess> servers();

	/**
	 * Ends all servers, when nobody needs them any more.
	 */
	abstract void stopServers();

	final void startApplications(List<String> properties) {
		for (Driver driver : Driver.values()) {
			this.applications.put(driver, new Application(driver, properties));
		}
	}

	@AfterAll
	void stop() {
		this.applications.values().forEach(Application::close);
		stopServers();
	}

	@ParameterizedTest
	@EnumSource
	void whenAMethodIsLockedThenOthersWait(Driver driver) throws Exception {
		Application holder = application(driver);
		Application waiter = other(driver);
		String key = key();
		List<CompletableFuture<String>> later = holder.shelf().read(key, () -> {
			assertThat(isHeldWithin(holder.locks(), key)).isTrue();
			CompletableFuture<String> blocking = elsewhere(() -> waiter.shelf().read(key, () -> "blocking"));
			CompletableFuture<String> asynchronous = elsewhere(
					() -> waiter.shelf().readLater(key, () -> "asynchronous"))
				.thenCompose((stage) -> stage);
			awaitWaiter(key);
			assertThat(blocking).isNotDone();
			assertThat(asynchronous).isNotDone();
			return List.of(blocking, asynchronous);
		});
		assertThat(later.get(0)).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("blocking");
		assertThat(later.get(1)).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("asynchronous");
	}

	@ParameterizedTest
	@EnumSource
	void whenALockIsReleasedThenItsWaiterIsTold(Driver driver) throws Exception {
		LockTemplate holder = application(driver).locks();
		LockTemplate waiter = other(driver).locks();
		long scripts = 0;
		for (int i = 0; i <= WAKE_UPS; i++) {
			String key = key();
			Lease lease = holder.acquire(LockSpec.of(key));
			CompletableFuture<Lease> next = waiter.acquireAsync(spec(key)).toCompletableFuture();
			awaitWaiter(key);
			long before = scripts();
			lease.close();
			Lease granted = next.get(20, TimeUnit.SECONDS);
			assertThat(granted.fencingToken()).isGreaterThan(lease.fencingToken());
			granted.close();
			// The first one subscribes, and asks again for that reason.
			scripts += (i > 0) ? scripts() - before : 0;
		}
		// A release each; a waiter who is not told has to ask once more.
		assertThat(scripts).isLessThan(2 * WAKE_UPS + WAKE_UPS / 2);
	}

	@ParameterizedTest
	@EnumSource
	void whenOneOfSeveralKeysIsHeldThenNoneIsTaken(Driver driver) throws Exception {
		LockTemplate others = application(driver).locks();
		Application wanting = other(driver);
		List<String> keys = IntStream.range(0, 6).mapToObj((number) -> key()).sorted().toList();
		List<LockSpec> specs = keys.stream().map((key) -> LockSpec.of(key).timeout(Duration.ofSeconds(1))).toList();
		Lease held = others.acquire(LockSpec.of(keys.get(4)));
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> wanting.shelf().readAll(keys, () -> "never"));
		assertThat(wanting.locks().acquireAllAsync(specs).toCompletableFuture()).failsWithin(20, TimeUnit.SECONDS);
		held.close();
		keys.forEach((key) -> assertFree(others, key));
		assertThat(wanting.shelf().readAll(keys, () -> {
			keys.forEach((key) -> assertThat(elsewhere(() -> attempt(others, key)).join()).isFalse());
			return "all";
		})).isEqualTo("all");
		List<Lease> leases = wanting.locks().acquireAllAsync(specs).toCompletableFuture().get(20, TimeUnit.SECONDS);
		assertThat(leases).extracting(Lease::key).containsExactlyElementsOf(keys);
		leases.forEach(Lease::close);
		keys.forEach((key) -> assertFree(others, key));
	}

	final Application application(Driver driver) {
		return this.applications.get(driver);
	}

	final List<Application> applications() {
		return List.copyOf(this.applications.values());
	}

	final Application other(Driver driver) {
		return application((driver == Driver.LETTUCE) ? Driver.JEDIS : Driver.LETTUCE);
	}

	static String key() {
		return "book:" + UUID.randomUUID();
	}

	static LockSpec spec(String key) {
		return LockSpec.of(key).timeout(Duration.ofSeconds(30));
	}

	static LockSpec renewed(String key, Duration expire) {
		return spec(key).expire(expire).renew(Renewal.ALWAYS);
	}

	final void awaitWaiter(String key) {
		TestRedis.awaitWaiters(new StringRedisTemplate(application(Driver.LETTUCE).connections()), key, 1);
	}

	static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
		return CompletableFuture.supplyAsync(work, (task) -> new Thread(task, "elsewhere").start());
	}

	private static boolean isHeldWithin(LockTemplate locks, String key) {
		try {
			return locks.execute(spec(key), () -> Lease.current(key).orElseThrow().isHeld());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// What was taken in vain is given back in the background.
	private static void assertFree(LockTemplate locks, String key) {
		Awaitility.await().until(() -> attempt(locks, key));
	}

	private static boolean attempt(LockTemplate locks, String key) {
		try {
			return locks.tryAcquire(LockSpec.of(key).timeout(Duration.ZERO)).map((lease) -> {
				lease.close();
				return true;
			}).orElse(false);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long scripts() {
		return servers().stream()
			.map((server) -> server.info("commandstats"))
			.mapToLong((stats) -> calls(stats.get("cmdstat_evalsha")) + calls(stats.get("cmdstat_eval")))
			.sum();
	}

	private static long calls(String statistics) {
		return (statistics != null) ? Long.parseLong(statistics.replaceAll("^calls=(\\d+),.*", "$1")) : 0;
	}

}
