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
import io.github.redislocked.testing.TestRedis;
import io.github.redislocked.testing.TestReplicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Engines, like processes, whose locks two replicas have to confirm. After each test
 * nothing is left of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractReplicatedEngines {

	static final Duration LONG = Duration.ofSeconds(30);

	private final Driver driver;

	private final List<LockEngine> engines = new ArrayList<>();

	TestReplicas servers;

	StringRedisTemplate redis;

	RedisConnectionFactory connections;

	String key = "";

	AbstractReplicatedEngines(Driver driver) {
		this.driver = driver;
	}

	@BeforeAll
	void start() {
		this.servers = new TestReplicas(2);
		this.redis = this.servers.primary().template();
		this.connections = this.servers.primary().connect(this.driver);
	}

	@AfterAll
	void stop() {
		this.servers.close();
	}

	@AfterEach
	void whenAllIsOverThenNothingIsLeft() {
		this.servers.thaw();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> assertThat(this.engines).allSatisfy((engine) -> {
				assertThat(engine.parts().queues().size()).isZero();
				assertThat(engine.parts().held().isEmpty()).isTrue();
				assertThat(engine.parts().closings().isIdle()).isTrue();
			}));
		assertThat(this.redis.keys("redis-lock:*")).allMatch((name) -> name.endsWith(":fence"));
		this.engines.forEach(LockEngine::close);
		this.engines.clear();
	}

	final LockEngine engine(LocalHandover localHandover) throws InterruptedException {
		this.key = "order:" + UUID.randomUUID();
		LockEngine engine = new LockEngine(TestEngines.store(this.connections, 2), TestEngines.with(localHandover));
		this.engines.add(engine);
		// Scripts and connections are there before anything is frozen.
		engine.acquire(spec()).close();
		engine.acquireAsync(spec()).toCompletableFuture().join().close();
		TestRedis.resetStatistics(this.redis);
		return engine;
	}

	final LockSpec spec() {
		return LockSpec.of(this.key).timeout(LONG);
	}

	final CompletableFuture<Lease> blocking(LockEngine engine, LockSpec spec) {
		CompletableFuture<Lease> lease = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				lease.complete(engine.acquire(spec));
				// A lease is renewed while the thread lives that has it.
				lease.join().onLost(() -> {
				});
			}
			catch (InterruptedException | RuntimeException ex) {
				lease.completeExceptionally(ex);
			}
		});
		thread.start();
		return lease;
	}

	static void assertNotDoneFor(CompletableFuture<Lease> lease, Duration time) {
		Awaitility.await().during(time).atMost(Duration.ofSeconds(20)).until(() -> !lease.isDone());
	}

	final void awaitWaits(int count) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> TestReplicas.ask(this.servers.primary(), "CLIENT", "LIST").contains(" cmd=wait ")
					&& waits() >= count);
	}

	// Waits until one engine has its place in the queue, and would get a message.
	final void awaitWakeable() {
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		Awaitility.await().until(() -> TestRedis.channels(this.redis, "redis-lock:wake-up:*") == 1);
	}

	final long waits() {
		return TestRedis.calls(this.redis, "wait");
	}

	final String onReplica(int number) {
		return TestReplicas.ask(this.servers.replica(number), "GET", lock());
	}

	static Lease got(CompletableFuture<Lease> lease) throws Exception {
		return lease.get(20, TimeUnit.SECONDS);
	}

	final String lock() {
		return "redis-lock:{" + this.key + "}";
	}

}
