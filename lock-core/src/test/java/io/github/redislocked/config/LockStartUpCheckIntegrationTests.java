/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.engine.LocalHandover;
import io.github.redislocked.store.redis.RedisFinding;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.RecordedLog;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationContextException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of an application whose Redis is not fit for locks.
 */
class LockStartUpCheckIntegrationTests {

	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

	private final RecordedLog log = new RecordedLog(LockStartUpCheck.class.getName());

	@AfterEach
	void stopListening() {
		this.log.close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenAllIsWellThenNothingIsSaid(Driver driver) {
		for (LockAlgorithm algorithm : LockAlgorithm.values()) {
			start(shared(driver, COMMAND_TIMEOUT), StartupCheck.FAIL, algorithm).close();
		}
		assertThat(this.log.warnings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE, QUEUE, locks", "JEDIS, QUEUE, locks", "LETTUCE, GETSET, getset-locks",
			"JEDIS, GETSET, getset-locks" })
	void whenTheUserHasTheDocumentedRightsThenNothingIsSaidAndLocksWork(Driver driver, LockAlgorithm algorithm,
			String user) throws Exception {
		RedisConnectionFactory connections = driver.connect(RestrictedUser.named(TestRedis.shared().port(), user),
				COMMAND_TIMEOUT);
		try (AnnotationConfigApplicationContext context = start(connections, StartupCheck.FAIL, algorithm)) {
			LockTemplate locks = context.getBean(LockTemplate.class);
			assertThat(locks.<Boolean, RuntimeException>execute(LockSpec.of("as restricted user"), () -> true))
				.isTrue();
		}
	}

	@Test
	void whenSomethingIsFoundThenItIsAWarningEach() {
		try (TestRedis server = TestRedis.start("maxmemory-policy allkeys-lru");
				AnnotationConfigApplicationContext context = start(server.connect(Driver.LETTUCE), StartupCheck.WARN,
						LockAlgorithm.QUEUE)) {
			Awaitility.await().until(() -> this.log.warnings().size() == 2);
			assertThat(this.log.warnings()).containsExactly(
					"Redis at 127.0.0.1:%d evicts keys when its memory is full (maxmemory-policy allkeys-lru), and held locks with them. Set maxmemory-policy to noeviction there, or keep locks on a server of their own."
						.formatted(server.port()),
					"A command to Redis may take 10s before it fails, longer than redis-lock.timeout, 3s: so much later may callers learn that they have no lock. Set spring.data.redis.timeout to at most as long, such as 2s, or redis-lock.timeout to longer.");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenACommandMayTakeLongerThanCallersWaitThenThatIsFound(Driver driver) {
		assertThatExceptionOfType(ApplicationContextException.class)
			.isThrownBy(
					() -> start(shared(driver, Duration.ofSeconds(4)), StartupCheck.FAIL, LockAlgorithm.QUEUE).close())
			.havingCause()
			.isInstanceOfSatisfying(UnfitRedisException.class, (ex) -> {
				assertThat(ex.problems()).singleElement().asString().contains("may take 4s");
				assertThat(ex.actions()).singleElement().asString().contains("spring.data.redis.timeout");
			});
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void whenNobodyIsToLookThenNothingIsSaid() {
		try (TestRedis server = TestRedis.start("maxmemory-policy allkeys-lru")) {
			TestRedis.resetStatistics(server.template());
			try (AnnotationConfigApplicationContext context = start(server.connect(Driver.LETTUCE), StartupCheck.OFF,
					LockAlgorithm.QUEUE)) {
				// The check would ask for the time, on a thread of its own.
				Awaitility.await()
					.during(Duration.ofSeconds(1))
					.until(() -> TestRedis.calls(server.template(), "time") == 0);
				assertThat(context.isRunning()).isTrue();
			}
		}
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void whenRedisIsNotThereThenTheApplicationStartsAndSaysSoOnce() {
		try (AnnotationConfigApplicationContext context = start(Driver.LETTUCE.connect(Ports.next(), COMMAND_TIMEOUT),
				StartupCheck.WARN, LockAlgorithm.QUEUE)) {
			Awaitility.await().until(() -> !this.log.warnings().isEmpty());
			assertThat(this.log.warnings()).singleElement()
				.asString()
				.contains("could not be asked whether it is fit for locks: the connection failed");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void whenRedisIsNotThereAndMustBeThenTheApplicationFails() {
		assertThatExceptionOfType(ApplicationContextException.class)
			.isThrownBy(() -> start(Driver.LETTUCE.connect(Ports.next(), COMMAND_TIMEOUT), StartupCheck.FAIL,
					LockAlgorithm.QUEUE)
				.close())
			.havingCause()
			.isInstanceOf(UnfitRedisException.class)
			.withMessageContaining("the connection failed");
	}

	@Test
	void whenRedisDoesNotAnswerThenStartingDoesNotWaitAndClosingEndsTheCheck() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			AnnotationConfigApplicationContext context = start(
					Driver.LETTUCE.connect(silent.getLocalPort(), Duration.ofSeconds(60)), StartupCheck.WARN,
					LockAlgorithm.QUEUE);
			assertThat(checks()).isEqualTo(1);
			context.close();
			Awaitility.await().until(() -> checks() == 0);
		}
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void whenTheCheckIsAbandonedThenItsFindingsAreNotTold() {
		LockStartUpCheck[] check = new LockStartUpCheck[1];
		check[0] = new LockStartUpCheck(StartupCheck.WARN, "Redis", () -> {
			check[0].abandon();
			return List.of(new RedisFinding("It is stopped", "Nobody cares."));
		});
		check[0].run();
		Awaitility.await().until(() -> checks() == 0);
		assertThat(this.log.warnings()).isEmpty();
	}

	private static long checks() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("redis-lock-start-up-check"))
			.count();
	}

	private static RedisConnectionFactory shared(Driver driver, Duration timeout) {
		return driver.connect(TestRedis.shared().port(), timeout);
	}

	private static AnnotationConfigApplicationContext start(RedisConnectionFactory connections, StartupCheck mode,
			LockAlgorithm algorithm) {
		RedisLockSettings defaults = RedisLockSettings.defaults();
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(RedisConnectionFactory.class, () -> connections);
		context.registerBean(RedisLockSettings.class,
				() -> new RedisLockSettings(true, algorithm, defaults.keyPrefix(), defaults.expire(),
						defaults.timeout(), defaults.maxHold(), null, defaults.order(), defaults.fenceRetention(),
						defaults.shutdownGrace(), LocalHandover.DEFAULT, mode, 0));
		context.register(Enabled.class);
		context.refresh();
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class Enabled {

	}

}
