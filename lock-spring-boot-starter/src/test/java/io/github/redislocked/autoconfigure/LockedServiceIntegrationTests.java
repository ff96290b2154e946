/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * An annotated service from end to end, on both drivers.
 */
class LockedServiceIntegrationTests {

	private static final StringRedisTemplate redis = TestRedis.shared().template();

	private final ApplicationContextRunner contextRunner = Contexts.withRedis().withBean(Orders.class);

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenMethodRunsThenItsKeyIsHeldInRedis(String driver) {
		run(driver, (orders) -> {
			String owner = orders.reserve("1", () -> redis.opsForValue().get("redis-lock:{order:1}"));
			assertThat(owner).startsWith("desk-4:");
			assertThat(redis.hasKey("redis-lock:{order:1}")).isFalse();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenKeyIsHeldThenSecondCallerIsRefused(String driver) {
		run(driver, (orders) -> orders.reserve("2", () -> {
			assertThat(Orders.elsewhere(() -> catchThrowable(() -> orders.reserve("2", () -> "never"))))
				.isInstanceOf(LockNotAcquiredException.class);
			assertThat(Orders.elsewhere(() -> orders.reserve("other", () -> "other"))).isEqualTo("other");
			return null;
		}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenKeyIsHeldThenSecondCallerSkips(String driver) {
		run(driver, (orders) -> {
			orders.reserve("3", () -> assertThat(Orders.elsewhere(() -> orders.reserveOrSkip("3"))).isEmpty());
			assertThat(orders.reserveOrSkip("3")).contains("reserved");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenKeyIsHeldThenSecondCallerFallsBack(String driver) {
		run(driver, (orders) -> {
			orders.reserve("4", () -> assertThat(Orders.elsewhere(() -> orders.reserveOrLater("4")))
				.isEqualTo("later, as order:4 is taken"));
			assertThat(orders.reserveOrLater("4")).isEqualTo("reserved");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "queue", "getset" })
	void whenPropertiesAreSetThenTheyCount(String algorithm) {
		this.contextRunner
			.withPropertyValues("redis-lock.algorithm=" + algorithm, "redis-lock.key-prefix=shop-" + algorithm + ":",
					"redis-lock.expire=50")
			.run((context) -> {
				LockTemplate locks = context.getBean(LockTemplate.class);
				String key = algorithm.equals("queue") ? "shop-queue:{5}" : "shop-getset:5";
				Duration left = locks.execute(LockSpec.of("5"), () -> Duration.ofSeconds(redis.getExpire(key)));
				// The key of getset outlives its value a little.
				assertThat(left).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
			});
	}

	private void run(String driver, Consumer<Orders> test) {
		this.contextRunner
			.withPropertyValues("spring.data.redis.client-type=" + driver, "redis-lock.instance-id=desk-4")
			.run((context) -> test.accept(context.getBean(Orders.class)));
	}

}
