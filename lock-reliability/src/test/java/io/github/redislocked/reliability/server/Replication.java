/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

import org.awaitility.Awaitility;
import redis.clients.jedis.args.ClientPauseMode;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/**
 * What a primary and its replicas know of each other.
 */
final class Replication {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * Writes are held up for so long after each look at the replicas.
	 */
	private static final long PAUSE_MILLIS = 5_000;

	private Replication() {
	}

	/**
	 * Waits until all replicas follow their primary.
	 * @param primary the primary
	 * @param replicas the replicas
	 */
	static void awaitLinks(RedisProcess primary, Collection<RedisProcess> replicas) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> primary.info("replication")
				.values()
				.stream()
				.filter((value) -> value.contains("state=online"))
				.count() == replicas.size());
	}

	/**
	 * Kills a primary when its replicas have everything that it has acknowledged.
	 * @param primary the primary
	 * @param replicas its replicas
	 */
	static void killInSync(RedisProcess primary, Collection<RedisProcess> replicas) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> isFollowed(primary, replicas));
		primary.kill();
	}

	// Writes are held up from before the primary is asked until it is dead. But it sends
	// its replicas more than writes, a PING now and then, so it is asked each time.
	private static boolean isFollowed(RedisProcess primary, Collection<RedisProcess> replicas) {
		primary.ask((redis) -> redis.clientPause(PAUSE_MILLIS, ClientPauseMode.WRITE));
		String offset = primary.info("replication").get("master_repl_offset");
		return replicas.stream()
			.allMatch((replica) -> Objects.equals(replica.info("replication").get("slave_repl_offset"), offset));
	}

	/**
	 * Has the replicas of a primary miss everything from now on: they stand still, and
	 * what the primary has for them goes to nobody.
	 * @param primary the primary
	 * @param replicas its replicas
	 */
	static void cut(RedisProcess primary, Collection<RedisProcess> replicas) {
		replicas.forEach(RedisProcess::freeze);
		primary.ask((redis) -> redis.clientKill(ClientKillParams.clientKillParams().type(ClientType.REPLICA)));
	}

}
