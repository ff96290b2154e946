/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Looks at a Redis as far as locks depend on it: whether its user may do what they need,
 * whether it is new enough, may evict them, and has a clock like others. In a cluster, it
 * looks at each primary. It changes nothing.
 *
 * @since 0.1.0
 */
public final class RedisSetupCheck {

	/**
	 * More than enough names to have one in the slots of each node.
	 */
	private static final int MOST_NAMES = 100_000;

	private final RedisConnectionFactory connectionFactory;

	private final LockRights rights;

	private final String keyPrefix;

	private final IntFunction<String> redisKeys;

	private final LongSupplier clock;

	private RedisSetupCheck(RedisConnectionFactory connectionFactory, LockRights rights, String keyPrefix,
			Function<String, String> redisKeys, LongSupplier clock) {
		String unique = "start-up-check:" + UUID.randomUUID() + ":";
		this.connectionFactory = connectionFactory;
		this.rights = rights;
		this.keyPrefix = keyPrefix;
		this.redisKeys = (number) -> redisKeys.apply(unique + number);
		this.clock = clock;
	}

	/**
	 * Prepares the check of a Redis for the protocol {@code queue}.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every Redis key and channel, without braces
	 * @return the check
	 */
	public static RedisSetupCheck ofQueue(RedisConnectionFactory connectionFactory, String keyPrefix) {
		return of(LockRights.QUEUE, connectionFactory, keyPrefix, System::currentTimeMillis);
	}

	/**
	 * Prepares the check of a Redis for the protocol {@code getset}.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every lock's Redis key
	 * @return the check
	 */
	public static RedisSetupCheck ofGetSet(RedisConnectionFactory connectionFactory, String keyPrefix) {
		return of(LockRights.GETSET, connectionFactory, keyPrefix, System::currentTimeMillis);
	}

	static RedisSetupCheck of(LockRights rights, RedisConnectionFactory connectionFactory, String keyPrefix,
			LongSupplier clock) {
		Function<String, String> names = (rights == LockRights.QUEUE) ? new QueueKeys(keyPrefix)::lock
				: (name) -> keyPrefix + name;
		return new RedisSetupCheck(connectionFactory, rights, keyPrefix, names, clock);
	}

	/**
	 * Asks Redis, by the calling thread.
	 * @param where which Redis it is, for messages: the subject of a sentence
	 * @return what was found, in the order of its weight; empty if all is well
	 */
	public List<RedisFinding> run(String where) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			return (connection instanceof RedisClusterConnection cluster) ? ofCluster(cluster)
					: ofServer(where, connection, this.redisKeys.apply(0), () -> connection.serverCommands().info(),
							() -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
		}
		catch (RuntimeException ex) {
			return List.of(unanswered(where, ex));
		}
	}

	private List<RedisFinding> ofCluster(RedisClusterConnection cluster) {
		List<RedisFinding> findings = new ArrayList<>();
		for (RedisClusterNode node : cluster.clusterGetNodes()) {
			if (node.isMaster()) {
				keyIn(node.getSlotRange()).ifPresent((key) -> findings.addAll(ofNode(cluster, node, key)));
			}
		}
		return findings;
	}

	private List<RedisFinding> ofServer(String where, RedisConnection connection, String redisKey,
			Supplier<@Nullable Properties> info, Supplier<@Nullable Long> time) {
		String channel = this.keyPrefix + "wake-up:start-up-check:" + UUID.randomUUID();
		RightsCheck check = new RightsCheck(this.rights, this.keyPrefix);
		check.commands(connection, redisKey, channel);
		check.subscription(this.connectionFactory, channel);
		List<RedisFinding> findings = new ArrayList<>();
		check.attempt("info", () -> {
			Properties answer = info.get();
			if (answer != null) {
				findings.addAll(new ServerReport(where, answer).findings());
			}
		});
		check.attempt("time", () -> findings.addAll(ClockDifference.findings(where, this.clock, time)));
		findings.addAll(0, check.findings(where));
		return findings;
	}

	private List<RedisFinding> ofNode(RedisClusterConnection cluster, RedisClusterNode node, String redisKey) {
		String where = "The Redis Cluster node at %s:%s".formatted(node.getHost(), node.getPort());
		try {
			return ofServer(where, cluster, redisKey, () -> cluster.serverCommands().info(node),
					() -> cluster.serverCommands().time(node, TimeUnit.MILLISECONDS));
		}
		catch (RuntimeException ex) {
			return List.of(unanswered(where, ex));
		}
	}

	// No name may do if the prefix decides the slot; then no lock lies there either.
	private Optional<String> keyIn(RedisClusterNode.SlotRange slots) {
		return IntStream.range(0, slots.getSlots().isEmpty() ? 0 : MOST_NAMES)
			.mapToObj(this.redisKeys)
			.filter((key) -> slots.contains(ClusterSlotHashUtil.calculateSlot(key)))
			.findFirst();
	}

	private static RedisFinding unanswered(String where, RuntimeException failure) {
		return new RedisFinding(
				"%s could not be asked whether it is fit for locks: %s".formatted(where,
						RedisFailures.inWords(failure)),
				"See that it can be reached; as long as it cannot, nobody gets a lock.");
	}

}
