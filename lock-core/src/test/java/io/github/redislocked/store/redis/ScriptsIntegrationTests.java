/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Scripts}.
 */
@DisabledIfSystemProperty(named = "redis.user", matches = "restricted",
		disabledReason = "uses keys that this user may not")
class ScriptsIntegrationTests {

	private static final RedisScript<String> ECHO = RedisScript.of("return ARGV[1] .. ' ' .. ARGV[2]", String.class);

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenScriptAnswersThenStageIsCompleteWithIt(Driver driver) {
		try (Connections connections = new Connections(driver)) {
			Scripts scripts = new Scripts(connections.factory, new Replicas(connections.factory, 0));
			assertThat(scripts.run(ECHO, new ScriptCall("k", List.of("k"), "a", "\u00e9")))
				.isCompletedWithValue("a \u00e9");
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenServerForgetsItsScriptsThenTheyRunAllTheSame(Driver driver) {
		try (TestRedis redis = TestRedis.start(); Connections connections = new Connections(redis, driver)) {
			Scripts scripts = new Scripts(connections.factory, new Replicas(connections.factory, 0));
			for (int i = 0; i < 3; i++) {
				new StringRedisTemplate(connections.factory).execute((RedisConnection connection) -> {
					connection.scriptingCommands().scriptFlush();
					return true;
				});
				assertThat(scripts.run(ECHO, new ScriptCall("k", List.of("k"), "a", "b"))).isCompletedWithValue("a b");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenThreadIsInTransactionOfTheApplicationThenScriptRunsAtOnce(Driver driver) {
		try (Connections connections = new Connections(driver)) {
			Scripts scripts = new Scripts(connections.factory, new Replicas(connections.factory, 0));
			StringRedisTemplate application = new StringRedisTemplate(connections.factory);
			application.execute(new SessionCallback<List<Object>>() {
				@Override
				public <K, V> List<Object> execute(RedisOperations<K, V> operations) throws DataAccessException {
					operations.multi();
					assertThat(scripts.run(ECHO, new ScriptCall("k", List.of("k"), "a", "b")))
						.isCompletedWithValue("a b");
					return operations.exec();
				}
			});
			application.executePipelined(new SessionCallback<Object>() {
				@Override
				public <K, V> Object execute(RedisOperations<K, V> operations) throws DataAccessException {
					assertThat(scripts.run(ECHO, new ScriptCall("k", List.of("k"), "a", "b")))
						.isCompletedWithValue("a b");
					return null;
				}
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenScriptAnswersNothingThenItIsAnError(Driver driver) {
		try (Connections connections = new Connections(driver)) {
			Scripts scripts = new Scripts(connections.factory, new Replicas(connections.factory, 0));
			LockStoreException ex = GetSetFixture.failure(
					scripts.run(RedisScript.of("return false", String.class), new ScriptCall("a\nb", List.of("k"))));
			assertThat(ex).hasMessageContaining("no answer about the lock:");
			assertThat(ex.key()).isEqualTo("a\nb");
			assertThat(ex.isTransient()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenRedisFailsThenStageFailsWithTheMeaning(Driver driver) {
		try (Connections connections = new Connections(driver)) {
			Scripts scripts = new Scripts(connections.factory, new Replicas(connections.factory, 0));
			CompletionStage<String> stage = scripts.run(
					RedisScript.of("return redis.error_reply('LOADING wait')", String.class),
					new ScriptCall("k", List.of("k")));
			assertThat(GetSetFixture.failure(stage).isTransient()).isTrue();
		}
	}

	@Test
	void whenResourceIsMissingThenItIsNamed() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Scripts.load("", List.of("getset-common.lua", "nothing.lua")))
			.withMessageContaining("nothing.lua");
	}

	@Test
	void whenPartsAreLoadedThenTheyAreJoinedInOrder() {
		assertThat(Scripts.load("", List.of("getset-common.lua", "getset-renew.lua")).getScriptAsString())
			.containsSubsequence("local function write", "return 'RENEWED'");
	}

	private static final class Connections implements AutoCloseable {

		private final RedisConnectionFactory factory;

		private Connections(Driver driver) {
			this(TestRedis.shared(), driver);
		}

		private Connections(TestRedis redis, Driver driver) {
			this.factory = redis.connect(driver);
		}

		@Override
		public void close() {
			GetSetFixture.close(this.factory);
		}

	}

}
