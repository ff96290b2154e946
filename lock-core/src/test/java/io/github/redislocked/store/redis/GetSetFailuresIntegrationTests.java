/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static io.github.redislocked.store.redis.GetSetFixture.ALICE;
import static io.github.redislocked.store.redis.GetSetFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link GetSetLockStore} and {@link RedisFailures} on servers that refuse.
 */
class GetSetFailuresIntegrationTests {

	private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenMemoryIsFullThenHeldLocksAreRenewedAndReleasedAndNoneIsTaken(Driver driver) {
		try (TestRedis redis = TestRedis.start("maxmemory-policy noeviction");
				GetSetFixture lock = new GetSetFixture(driver, redis);
				GetSetFixture other = new GetSetFixture(driver, redis)) {
			lock.granted(ALICE, TEN_SECONDS);
			execute(lock, "CONFIG", "SET", "maxmemory", "1");
			assertThat(lock.renew(ALICE, Duration.ofSeconds(60))).isEqualTo(RenewAnswer.RENEWED);
			assertThat(lock.redis.getExpire(lock.key)).isGreaterThan(55L);
			OwnerToken attempt = new OwnerToken("carol", 1);
			assertThat(lock.acquireAtOnce(attempt)).isInstanceOf(AcquireAnswer.Held.class);
			assertThat(lock.acquireAtOnce(attempt)).isInstanceOf(AcquireAnswer.Closed.class);
			LockStoreException ex = failure(other);
			assertThat(ex.isTransient()).isFalse();
			assertThat(ex).hasMessageContaining("memory is full").hasMessageContaining("OOM");
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
			assertThat(lock.value()).isNull();
			assertThat(lock.cancel(BOB)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(other.value()).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,get", "LETTUCE,set", "LETTUCE,hset", "LETTUCE,hmget", "LETTUCE,pexpire", "LETTUCE,time",
			"LETTUCE,eval", "JEDIS,get", "JEDIS,set", "JEDIS,hset", "JEDIS,hmget", "JEDIS,pexpire", "JEDIS,time",
			"JEDIS,eval" })
	@DisabledIfSystemProperty(named = "redis.user", matches = "restricted",
			disabledReason = "is about what another user may do")
	void whenUserLacksRightThenFinalAndNoLockIsLeft(Driver driver, String command) {
		try (TestRedis redis = TestRedis.start(); GetSetFixture lock = new GetSetFixture(driver, redis)) {
			StringRedisTemplate admin = redis.template();
			execute(lock, "ACL", "SETUSER", "admin", "on", "nopass", "allkeys", "+@all");
			execute(lock, "ACL", "SETUSER", "default", "-" + command, command.equals("eval") ? "-evalsha" : "+ping");
			LockStoreException ex = failure(lock);
			assertThat(ex.isTransient()).isFalse();
			assertThat(ex).hasMessageContaining("lacks a right");
			admin.execute((RedisConnection connection) -> connection.execute("AUTH", bytes("admin"), bytes("x")));
			assertThat(admin.hasKey(lock.key)).isFalse();
			assertThat(admin.getExpire(lock.companion)).as("-1 would be for ever").isNotEqualTo(-1);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			LETTUCE | replicaof 127.0.0.1 1   | true  | READONLY
			JEDIS   | replicaof 127.0.0.1 1   | true  | READONLY
			LETTUCE | min-replicas-to-write 1 | false | NOREPLICAS
			JEDIS   | min-replicas-to-write 1 | false | NOREPLICAS
			LETTUCE | requirepass secret      | false | NOAUTH
			JEDIS   | requirepass secret      | false | NOAUTH
			""")
	@DisabledIfSystemProperty(named = "redis.user", matches = "restricted",
			disabledReason = "is about what another user may do")
	void whenServerRefusesThenItIsSaidWhetherThatCanPass(Driver driver, String setting, boolean passes, String code) {
		try (TestRedis redis = TestRedis.start(setting); GetSetFixture lock = new GetSetFixture(driver, redis)) {
			LockStoreException ex = failure(lock);
			assertThat(ex.isTransient()).isEqualTo(passes);
			assertThat(ex).hasMessageContaining(code);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenClusterIsDownThenTransient(Driver driver, @TempDir Path directory) {
		try (TestRedis redis = TestRedis.start("cluster-enabled yes",
				"cluster-config-file " + directory.resolve("nodes.conf"));
				GetSetFixture lock = new GetSetFixture(driver, redis)) {
			LockStoreException ex = failure(lock);
			assertThat(ex.isTransient()).isTrue();
			assertThat(ex).hasMessageContaining("CLUSTERDOWN");
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenServerRunsLongScriptThenTransient(Driver driver) {
		try (TestRedis redis = TestRedis.start("lua-time-limit 1");
				GetSetFixture lock = new GetSetFixture(driver, redis)) {
			StringRedisTemplate other = redis.template();
			CompletableFuture<Void> loop = CompletableFuture
				.runAsync(() -> other.execute(RedisScript.of("while true do end"), java.util.List.of()));
			await().atMost(TEN_SECONDS)
				.until(() -> lock.store.acquire(new AcquireRequest(lock.key, ALICE, TEN_SECONDS, Duration.ZERO, 0))
					.toCompletableFuture()
					.isCompletedExceptionally());
			LockStoreException ex = failure(lock);
			assertThat(ex.isTransient()).isTrue();
			assertThat(ex).hasMessageContaining("BUSY");
			execute(lock, "SCRIPT", "KILL");
			await().until(loop::isDone);
			lock.granted(new OwnerToken("carol", 1), TEN_SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenServerIsGoneThenTransient(Driver driver) {
		TestRedis redis = TestRedis.start();
		try (GetSetFixture lock = new GetSetFixture(driver, redis)) {
			redis.close();
			assertThat(failure(lock).isTransient()).isTrue();
		}
	}

	private static LockStoreException failure(GetSetFixture lock) {
		return GetSetFixture
			.failure(lock.store.acquire(new AcquireRequest(lock.key, ALICE, TEN_SECONDS, Duration.ZERO, 0)));
	}

	private static void execute(GetSetFixture lock, String command, String... args) {
		byte[][] bytes = new byte[args.length][];
		for (int i = 0; i < args.length; i++) {
			bytes[i] = bytes(args[i]);
		}
		lock.redis.execute((RedisConnection connection) -> connection.execute(command, bytes));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
