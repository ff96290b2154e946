/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connections as Spring Boot makes them by default, for every candidate that uses the
 * application's connections.
 */
public final class Connections {

	private static final String HOST = "127.0.0.1";

	private static final int JEDIS_POOL = 64;

	private Connections() {
	}

	/**
	 * Opens connections through Lettuce.
	 * @param port where Redis listens on this machine
	 * @return started connections, to be destroyed by the caller
	 */
	public static LettuceConnectionFactory lettuce(int port) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(new RedisStandaloneConfiguration(HOST, port));
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	/**
	 * Opens connections through Jedis, with a pool that no thread of a run waits for.
	 * @param port where Redis listens on this machine
	 * @return started connections, to be destroyed by the caller
	 */
	public static JedisConnectionFactory jedis(int port) {
		JedisConnectionFactory factory = new JedisConnectionFactory(new RedisStandaloneConfiguration(HOST, port),
				JedisClientConfiguration.builder().usePooling().build());
		if (factory.getPoolConfig() != null) {
			factory.getPoolConfig().setMaxTotal(JEDIS_POOL);
			factory.getPoolConfig().setMaxIdle(JEDIS_POOL);
		}
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
