/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;

import io.github.redislocked.LockStoreException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisReadOnlyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.ClusterStateFailureException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.TooManyClusterRedirectionsException;
import org.springframework.data.redis.connection.PoolException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisFailures}.
 */
class RedisFailuresTests {

	@ParameterizedTest
	@ValueSource(strings = { "LOADING Redis is loading the dataset in memory",
			"READONLY You can't write against a read only replica.", "CLUSTERDOWN The cluster is down",
			"CLUSTERDOWN Hash slot not served", "TRYAGAIN Multiple keys request during rehashing of slot",
			"MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
			"BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
			"ERR Error running script (call to f_1): @user_script:12: READONLY You can't write against a read only replica.",
			"ERR max number of clients reached" })
	void whenErrorCanPassThenTransient(String message) {
		assertThat(lettuce(message).isTransient()).isTrue();
		assertThat(jedis(message).isTransient()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOPERM this user has no permissions to run the 'evalsha' command",
			"NOPERM No permissions to access a key", "NOAUTH Authentication required.",
			"WRONGPASS invalid username-password pair or user is disabled.", "ERR invalid password",
			"ERR Protocol error: unauthenticated multibulk length",
			"ERR The user executing the script can't run this command or subcommand script: 1, on @user_script:1.",
			"ERR The user executing the script can't access at least one of the keys mentioned in the command arguments",
			"ERR ACL failure in script: User bob has no permissions to run the 'set' command script: 1",
			"WRONGTYPE Operation against a key holding the wrong kind of value",
			"ERR Error running script (call to f_1): @user_script:1: WRONGTYPE Operation against a key holding the wrong kind of value",
			"MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
			"OOM command not allowed when used memory > 'maxmemory'.",
			"ERR Error running script (call to f_1): @user_script: 1: -OOM command not allowed when used memory > 'maxmemory'.",
			"NOREPLICAS Not enough good replicas to write.", "CROSSSLOT Keys in request don't hash to the same slot",
			"ERR unknown command `EVALSHA`, with args beginning with: `0`, `1`, `LOADING READONLY BUSY`",
			"ERR something new" })
	void whenErrorDoesNotPassThenFinal(String message) {
		LockStoreException ex = lettuce(message);
		assertThat(ex.isTransient()).isFalse();
		assertThat(ex.key()).isEqualTo("k");
		assertThat(ex).hasMessageContaining(message.replaceFirst(", with args.*", ""))
			.hasMessageNotContaining("with args");
		assertThat(jedis(message).isTransient()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("passing")
	void whenConnectionFailedThenTransient(RuntimeException failure) {
		LockStoreException ex = RedisFailures.translate("k", failure);
		assertThat(ex.isTransient()).isTrue();
		assertThat(ex).hasCause(failure);
	}

	static Stream<RuntimeException> passing() {
		return Stream.of(new QueryTimeoutException("Redis command timed out"),
				new RedisConnectionFailureException("Unable to connect to Redis",
						new RedisConnectionException("Unable to connect to 127.0.0.1/<unresolved>:1")),
				new RedisConnectionFailureException("Read timed out",
						new JedisConnectionException(new SocketTimeoutException("Read timed out"))),
				new RedisSystemException("Redis exception",
						new io.lettuce.core.RedisException(new IOException("Connection reset by peer"))),
				new RedisSystemException("Redis command interrupted",
						new RedisCommandInterruptedException(new InterruptedException())),
				new RedisSystemException("Error in execution",
						new RedisReadOnlyException("READONLY You can't write against a read only replica.")),
				new PoolException("Could not get a resource from the pool"),
				new ClusterStateFailureException("Could not retrieve cluster information"),
				new TooManyClusterRedirectionsException("Too many redirections"), outOfAttempts(null));
	}

	@Test
	void whenConnectionFailsForItsPasswordThenFinal() {
		LockStoreException ex = RedisFailures.translate("k",
				new RedisConnectionFailureException("Unable to connect to Redis",
						new RedisConnectionException("Unable to connect to 127.0.0.1/<unresolved>:1",
								new RedisCommandExecutionException("WRONGPASS invalid username-password pair"))));
		assertThat(ex.isTransient()).isFalse();
		assertThat(ex).hasMessageContaining("spring.data.redis.username");
	}

	@Test
	void whenNodesOfAClusterRefuseThePasswordThenFinal() {
		LockStoreException ex = RedisFailures.translate("k",
				outOfAttempts(new JedisAccessControlException("WRONGPASS invalid username-password pair")));
		assertThat(ex.isTransient()).isFalse();
		assertThat(ex).hasMessageContaining("spring.data.redis.username");
	}

	@Test
	void whenConnectionFactoryIsStoppedThenFinalAndSaysSo() {
		LockStoreException ex = RedisFailures.translate("k",
				new IllegalStateException("LettuceConnectionFactory has been STOPPED. Use start() to initialize it"));
		assertThat(ex.isTransient()).isFalse();
		assertThat(ex).hasMessageContaining("connection factory is stopped");
	}

	@Test
	void whenRedisSaysSeveralLinesThenMessageIsOne() {
		LockStoreException ex = RedisFailures.translate("a\r\nb", new RuntimeException("c\r\nd\u2028e\u0085f"));
		assertThat(ex).hasMessageEndingWith("(c??d?e?f)").hasMessageNotContaining("a\r\nb");
		assertThat(ex.key()).isEqualTo("a\r\nb");
	}

	private static RuntimeException outOfAttempts(Throwable last) {
		JedisClusterOperationException failure = new JedisClusterOperationException("No more cluster attempts left.");
		if (last != null) {
			failure.addSuppressed(last);
		}
		return new InvalidDataAccessApiUsageException(failure.getMessage(), failure);
	}

	private static LockStoreException lettuce(String message) {
		return RedisFailures.translate("k",
				new RedisSystemException("Error in execution", new RedisCommandExecutionException(message)));
	}

	private static LockStoreException jedis(String message) {
		return RedisFailures.translate("k",
				new InvalidDataAccessApiUsageException(message, new JedisDataException(message)));
	}

}
