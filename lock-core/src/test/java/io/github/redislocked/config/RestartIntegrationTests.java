/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Contexts that are stopped and started again, as around a checkpoint of the process.
 */
class RestartIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "restart:" + UUID.randomUUID();

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenStoppedThenRefusedAndWhenStartedAgainThenGranted(Driver driver) throws Exception {
		try (AnnotationConfigApplicationContext context = context(driver)) {
			LockTemplate locks = context.getBean(LockTemplate.class);
			for (int round = 0; round < 3; round++) {
				Lease before = locks.acquire(spec());
				context.stop();
				assertThat(before.isHeld()).isFalse();
				assertThat(this.redis.hasKey("redis-lock:{" + this.key + "}")).isFalse();
				assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> locks.acquire(spec()));
				context.start();
				try (Lease after = locks.acquire(spec())) {
					assertThat(after.fencingToken()).isGreaterThan(before.fencingToken());
				}
				assertThat(context.getBean(Task.class).run(this.key)).isEqualTo(this.key);
			}
		}
		assertThat(this.redis.hasKey("redis-lock:{" + this.key + "}")).isFalse();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenStartedAgainThenWaitersAreWoken(Driver driver) throws Exception {
		try (AnnotationConfigApplicationContext context = context(driver);
				AnnotationConfigApplicationContext other = context(driver)) {
			LockTemplate locks = context.getBean(LockTemplate.class);
			context.stop();
			context.start();
			Lease foreign = other.getBean(LockTemplate.class).acquire(spec());
			CompletionStage<Lease> waiting = locks.acquireAsync(spec().timeout(Duration.ofSeconds(20)));
			TestRedis.awaitWaiters(this.redis, this.key, 1);
			foreign.close();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(20)).satisfies(Lease::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenClosedWhileStoppedThenNothingIsOpenedAgain(Driver driver) throws Exception {
		LockTemplate locks;
		try (AnnotationConfigApplicationContext context = context(driver)) {
			locks = context.getBean(LockTemplate.class);
			context.stop();
		}
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> locks.acquire(spec()))
			.withMessageContaining("closing");
	}

	private LockSpec spec() {
		return LockSpec.of(this.key);
	}

	private static AnnotationConfigApplicationContext context(Driver driver) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean("redis", RedisConnectionFactory.class, () -> TestRedis.shared().connect(driver));
		context.register(App.class, Task.class);
		context.refresh();
		return context;
	}

	static class Task {

		@RedisLocked("#key")
		String run(String key) {
			return Lease.current().orElseThrow().key();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class App {

		@Bean
		RedisLockSettings settings() {
			RedisLockSettings defaults = RedisLockSettings.defaults();
			return new RedisLockSettings(true, defaults.algorithm(), defaults.keyPrefix(), defaults.expire(),
					defaults.timeout(), defaults.maxHold(), null, defaults.order(), defaults.fenceRetention(),
					Duration.ofMillis(100), defaults.localHandover(), defaults.startupCheck(), defaults.replicasWait());
		}

	}

}
