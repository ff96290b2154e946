/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Duration;

import io.github.redislocked.testing.Driver;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import redis.clients.jedis.JedisPoolConfig;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connections of applications that do not want to wait for long.
 */
final class Connections {

	private static final Duration COMMAND = Duration.ofSeconds(1);

	/** How long opening a connection, and waiting for one of a pool, may take. */
	private static final Duration CONNECT = Duration.ofMillis(500);

	private Connections() {
	}

	static RedisConnectionFactory to(int port, Driver driver) {
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1", port);
		return (driver == Driver.JEDIS) ? jedis(server) : lettuce(server);
	}

	private static RedisConnectionFactory lettuce(RedisStandaloneConfiguration server) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(server,
				LettuceClientConfiguration.builder()
					.commandTimeout(COMMAND)
					.clientOptions(ClientOptions.builder()
						.socketOptions(SocketOptions.builder().connectTimeout(CONNECT).build())
						.build())
					.shutdownTimeout(Duration.ZERO)
					.build());
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	private static RedisConnectionFactory jedis(RedisStandaloneConfiguration server) {
		JedisPoolConfig pool = new JedisPoolConfig();
		pool.setMaxTotal(8);
		pool.setMaxWait(CONNECT);
		JedisConnectionFactory factory = new JedisConnectionFactory(server,
				JedisClientConfiguration.builder()
					.readTimeout(COMMAND)
					.connectTimeout(CONNECT)
					.usePooling()
					.poolConfig(pool)
					.build());
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
