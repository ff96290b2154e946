/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two engines, like two processes, on one key. After each test nothing is left of it, in
 * Redis or in the engines.
 */
abstract class AbstractTwoEngines {

	final StringRedisTemplate redis = TestRedis.shared().template();

	final String key = "order:" + UUID.randomUUID();

	final ExecutorService threads = Executors.newCachedThreadPool();

	final AtomicInteger inside = new AtomicInteger();

	final List<LockEngine> engines;

	private final TestEngines started;

	AbstractTwoEngines(Driver driver) {
		this(driver, TestEngines.SETTINGS);
	}

	AbstractTwoEngines(Driver driver, LockEngineSettings settings) {
		this.started = new TestEngines(TestRedis.shared(), driver);
		this.engines = List.of(this.started.start(settings), this.started.start(settings));
	}

	@AfterEach
	void whenAllIsOverThenNothingIsLeft() {
		this.threads.shutdownNow();
		Awaitility.await().pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
			assertThat(this.redis.keys("redis-lock:{" + this.key + "*")).allMatch((name) -> name.endsWith(":fence"));
			assertThat(this.engines).allSatisfy((engine) -> {
				assertThat(engine.parts().queues().size()).isZero();
				assertThat(engine.parts().held().isEmpty()).isTrue();
				assertThat(engine.parts().closings().isIdle()).isTrue();
			});
		});
		assertThat(this.redis.keys("redis-lock:{" + this.key + "*")).allMatch((name) -> this.redis.opsForHash()
			.keys(name)
			.stream()
			.noneMatch((f) -> f.toString().startsWith("wait:")));
		this.started.close();
	}

	final void runAll(List<Callable<Void>> tasks) throws Exception {
		for (Future<Void> done : this.threads.invokeAll(tasks)) {
			done.get();
		}
	}

	final LockSpec spec() {
		return LockSpec.of(this.key).timeout(Duration.ofSeconds(30));
	}

	final LockSpec spec(String part) {
		return LockSpec.of(this.key + part).timeout(Duration.ofSeconds(30));
	}

}
