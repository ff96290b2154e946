/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Duration;
import java.util.Set;

import io.github.redislocked.reliability.server.Address;
import io.github.redislocked.reliability.server.SentinelGroup;
import io.github.redislocked.testing.Driver;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import redis.clients.jedis.JedisPoolConfig;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
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

	private static final Duration REFRESH = Duration.ofSeconds(2);

	private Connections() {
	}

	static RedisConnectionFactory to(Address address, Driver driver) {
		Set<String> nodes = Set.of(address.nodes().split(","));
		return switch (address.kind()) {
			case SERVER -> {
				RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1", address.port());
				yield started((driver == Driver.JEDIS) ? new JedisConnectionFactory(server, jedis()) : lettuce(server));
			}
			case SENTINEL -> {
				RedisSentinelConfiguration group = new RedisSentinelConfiguration(SentinelGroup.MASTER, nodes);
				yield started((driver == Driver.JEDIS) ? new JedisConnectionFactory(group, jedis()) : lettuce(group));
			}
			case CLUSTER -> {
				RedisClusterConfiguration cluster = new RedisClusterConfiguration(nodes);
				// Jedis has so many command time-outs for one command.
				cluster.setMaxRedirects(1);
				yield started(
						(driver == Driver.JEDIS) ? new JedisConnectionFactory(cluster, jedis()) : lettuce(cluster));
			}
		};
	}

	private static RedisConnectionFactory started(RedisConnectionFactory factory) {
		if (factory instanceof LettuceConnectionFactory lettuce) {
			lettuce.afterPropertiesSet();
			lettuce.start();
		}
		else if (factory instanceof JedisConnectionFactory jedis) {
			jedis.afterPropertiesSet();
			jedis.start();
		}
		return factory;
	}

	private static RedisConnectionFactory lettuce(RedisConfiguration servers) {
		SocketOptions sockets = SocketOptions.builder().connectTimeout(CONNECT).build();
		return new LettuceConnectionFactory(servers,
				LettuceClientConfiguration.builder()
					.commandTimeout(COMMAND)
					.clientOptions((servers instanceof RedisClusterConfiguration) ? cluster(sockets)
							: ClientOptions.builder().socketOptions(sockets).build())
					.shutdownTimeout(Duration.ZERO)
					.build());
	}

	private static ClientOptions cluster(SocketOptions sockets) {
		return ClusterClientOptions.builder()
			.socketOptions(sockets)
			.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
				.enableAllAdaptiveRefreshTriggers()
				.enablePeriodicRefresh(REFRESH)
				.build())
			.build();
	}

	private static JedisClientConfiguration jedis() {
		JedisPoolConfig pool = new JedisPoolConfig();
		pool.setMaxTotal(8);
		pool.setMaxWait(CONNECT);
		return JedisClientConfiguration.builder()
			.readTimeout(COMMAND)
			.connectTimeout(CONNECT)
			.usePooling()
			.poolConfig(pool)
			.build();
	}

}
