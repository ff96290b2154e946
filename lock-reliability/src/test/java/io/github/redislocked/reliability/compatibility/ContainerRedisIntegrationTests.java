/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.compatibility;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Applications with the starter on the Redis of a container, which Spring Boot's own
 * properties point at. The image is {@code redis:7.4}, or the one that
 * {@code -Dredis.image} names; without Docker the tests are skipped.
 */
@Testcontainers(disabledWithoutDocker = true)
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "redis-lock.expire=5s")
class ContainerRedisIntegrationTests {

	@Container
	private static final GenericContainer<?> CONTAINER = new GenericContainer<>(
			System.getProperty("redis.image", "redis:7.4"))
		.withExposedPorts(6379);

	private final String key = "container:" + UUID.randomUUID();

	private final LockTemplate locks;

	private final Orders orders;

	private final StringRedisTemplate redis;

	@Autowired
	ContainerRedisIntegrationTests(LockTemplate locks, Orders orders, StringRedisTemplate redis) {
		this.locks = locks;
		this.orders = orders;
		this.redis = redis;
	}

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry properties) {
		properties.add("spring.data.redis.host", CONTAINER::getHost);
		properties.add("spring.data.redis.port", CONTAINER::getFirstMappedPort);
	}

	@ParameterizedTest
	@CsvSource({ "lettuce, queue", "jedis, queue", "lettuce, getset", "jedis, getset" })
	void whenMethodRunsThenNobodyElseIsInsideIt(String driver, String algorithm) {
		try (ConfigurableApplicationContext one = start(driver, algorithm);
				ConfigurableApplicationContext two = start(driver, algorithm)) {
			Supplier<String> refused = () -> {
				assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> two.getBean(Orders.class).atOnce(this.key, () -> "inside"));
				return "alone";
			};
			assertThat(one.getBean(Orders.class).atOnce(this.key, refused)).isEqualTo("alone");
			assertThat(two.getBean(Orders.class).atOnce(this.key, () -> "inside")).isEqualTo("inside");
		}
	}

	@ParameterizedTest
	@CsvSource({ "lettuce", "jedis" })
	void whenALockIsReleasedThenTheWaiterOfAnotherApplicationHasIt(String driver) throws Exception {
		try (ConfigurableApplicationContext other = start(driver, "queue")) {
			Lease lease = this.locks.acquire(LockSpec.of(this.key));
			long fencingToken = lease.fencingToken();
			CompletableFuture<Lease> waiter = waiter(other.getBean(LockTemplate.class));
			lease.close();
			Lease next = waiter.get(20, TimeUnit.SECONDS);
			assertThat(next.isHeld()).isTrue();
			assertThat(next.fencingToken()).isGreaterThan(fencingToken);
			assertThat(this.redis.opsForValue().get(redisKey())).isEqualTo(next.ownerToken());
			next.close();
			assertThat(this.redis.hasKey(redisKey())).isFalse();
		}
	}

	@Test
	void whenAWaitIsCancelledThenNothingIsLeft() throws Exception {
		try (Lease lease = this.locks.acquire(LockSpec.of(this.key));
				ConfigurableApplicationContext other = start("lettuce", "queue")) {
			waiter(other.getBean(LockTemplate.class)).cancel(false);
			TestRedis.awaitWaiters(this.redis, this.key, 0);
			assertThat(lease.isHeld()).isTrue();
		}
		assertThat(this.redis.hasKey(redisKey())).isFalse();
	}

	@Test
	void whenALeaseIsRenewedThenItOutlivesItsExpire() throws Exception {
		try (Lease lease = this.locks.acquire(LockSpec.of(this.key))) {
			Awaitility.await()
				.during(Duration.ofSeconds(8))
				.atMost(Duration.ofSeconds(40))
				.until(() -> lease.isHeld() && lease.ownerToken().equals(this.redis.opsForValue().get(redisKey())));
		}
		assertThat(this.redis.hasKey(redisKey())).isFalse();
	}

	@Test
	void whenALockIsDeletedThenItsHolderIsTold() throws Exception {
		Lease lease = this.locks.acquire(LockSpec.of(this.key));
		CountDownLatch told = new CountDownLatch(1);
		lease.onLost(told::countDown);
		this.redis.delete(redisKey());
		assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(lease.isHeld()).isFalse();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
	}

	@Test
	void whenAMethodReturnsAFutureThenItsLockIsHeldUntilThatHasCompleted() throws Exception {
		CompletableFuture<String> body = new CompletableFuture<>();
		CompletableFuture<String> result = this.orders.later(this.key, body);
		Awaitility.await().until(() -> this.redis.hasKey(redisKey()));
		CompletableFuture<String> second = this.orders.later(this.key, CompletableFuture.completedFuture("second"));
		assertThat(result).isNotDone();
		assertThat(second).isNotDone();
		body.complete("first");
		assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo("first");
		assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("second");
		Awaitility.await().until(() -> !this.redis.hasKey(redisKey()));
	}

	private CompletableFuture<Lease> waiter(LockTemplate other) {
		CompletableFuture<Lease> waiter = other.acquireAsync(LockSpec.of(this.key).timeout(Duration.ofSeconds(20)))
			.toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		return waiter;
	}

	private String redisKey() {
		return "redis-lock:{" + this.key + "}";
	}

	private static ConfigurableApplicationContext start(String driver, String algorithm) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.data.redis.host", CONTAINER.getHost(), "spring.data.redis.port",
					CONTAINER.getFirstMappedPort(), "spring.data.redis.client-type", driver, "redis-lock.algorithm",
					algorithm))
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Orders.class)
	static class Application {

	}

	static class Orders {

		@RedisLocked(key = "#key", timeout = "0")
		String atOnce(String key, Supplier<String> body) {
			return body.get();
		}

		@RedisLocked(key = "#key", timeout = "20s")
		CompletableFuture<String> later(String key, CompletableFuture<String> body) {
			return body;
		}

	}

}
