/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.time.Duration;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The drivers on which every test that meets Redis runs.
 */
public enum Driver {

	/** Lettuce. */
	LETTUCE {
		@Override
		public RedisConnectionFactory connect(RedisStandaloneConfiguration server, Duration timeout) {
			LettuceConnectionFactory factory = new LettuceConnectionFactory(server,
					LettuceClientConfiguration.builder()
						.commandTimeout(timeout)
						.shutdownTimeout(Duration.ZERO)
						.build());
			factory.afterPropertiesSet();
			factory.start();
			return factory;
		}
	},

	/** Jedis. */
	JEDIS {
		@Override
		public RedisConnectionFactory connect(RedisStandaloneConfiguration server, Duration timeout) {
			JedisConnectionFactory factory = new JedisConnectionFactory(server,
					JedisClientConfiguration.builder().readTimeout(timeout).usePooling().build());
			factory.afterPropertiesSet();
			factory.start();
			return factory;
		}
	};

	/**
	 * Opens connections.
	 * @param port the port of a server on this machine
	 * @return a started connection factory
	 */
	public RedisConnectionFactory connect(int port) {
		return connect(port, Duration.ofSeconds(10));
	}

	/**
	 * Opens connections.
	 * @param port the port of a server on this machine
	 * @param timeout how long a command may take
	 * @return a started connection factory
	 */
	public RedisConnectionFactory connect(int port, Duration timeout) {
		return connect(RestrictedUser.configuration(port), timeout);
	}

	/**
	 * Opens connections.
	 * @param server the server, and as whom
	 * @param timeout how long a command may take
	 * @return a started connection factory
	 */
	public abstract RedisConnectionFactory connect(RedisStandaloneConfiguration server, Duration timeout);

}
