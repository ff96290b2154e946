/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/**
 * A primary and two replicas, and three sentinels that see to it that there is one: two
 * of them agree within a second that the primary is dead.
 */
public final class SentinelGroup implements Servers {

	/**
	 * The name of the primary, whichever server it is.
	 */
	public static final String MASTER = "locks";

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final List<RedisProcess> servers = new ArrayList<>();

	private final List<RedisProcess> sentinels = new ArrayList<>();

	/**
	 * Starts all of them, and waits until they know each other.
	 * @param directory where they keep their files
	 */
	public SentinelGroup(Path directory) {
		RedisProcess first = RedisProcess.server(directory);
		this.servers.add(first);
		for (int i = 0; i < 2; i++) {
			this.servers.add(RedisProcess.server(directory, "replicaof 127.0.0.1 " + first.port()));
		}
		// A sentinel looks for replicas when it starts, and not again for ten seconds.
		Replication.awaitLinks(first, this.servers.subList(1, 3));
		for (int i = 0; i < 3; i++) {
			this.sentinels.add(RedisProcess.sentinel(directory,
					"sentinel monitor %s 127.0.0.1 %d 2".formatted(MASTER, first.port()),
					"sentinel down-after-milliseconds " + MASTER + " 700",
					"sentinel failover-timeout " + MASTER + " 2500", "sentinel parallel-syncs " + MASTER + " 2"));
		}
		awaitHealth();
	}

	/**
	 * Returns where the sentinels are.
	 * @return their addresses, separated by commas, as
	 * {@code spring.data.redis.sentinel.nodes} has them
	 */
	public String nodes() {
		return this.sentinels.stream().map(RedisProcess::address).collect(Collectors.joining(","));
	}

	@Override
	public Address address() {
		return new Address(Address.Kind.SENTINEL, nodes());
	}

	@Override
	public List<Jedis> connect() {
		return List.of(primary().connect());
	}

	@Override
	public Set<Integer> primaries() {
		return Set.of(primary().port());
	}

	@Override
	public long failOvers() {
		return Long.parseLong(this.sentinels.get(0).ask((redis) -> redis.sentinelMaster(MASTER)).get("config-epoch"));
	}

	/**
	 * Returns the primary that the sentinels have agreed on.
	 * @return the primary, which may have died since
	 */
	public RedisProcess primary() {
		int port = primaryPort(this.sentinels.get(0));
		return this.servers.stream().filter((server) -> server.port() == port).findFirst().orElseThrow();
	}

	/**
	 * Kills the primary when its replicas have everything that it has acknowledged, and
	 * waits for the next one.
	 */
	public void killPrimary() {
		RedisProcess former = primary();
		Replication.killInSync(former, replicas());
		awaitPromotion(former);
	}

	/**
	 * Has the primary acknowledge what no replica hears of, kills it, and waits for the
	 * next one.
	 * @param <T> type of the result
	 * @param writes what will be lost
	 * @return their result
	 */
	public <T> T killPrimaryLosing(Callable<T> writes) throws Exception {
		RedisProcess former = primary();
		List<RedisProcess> replicas = replicas();
		Replication.cut(former, replicas);
		try {
			return writes.call();
		}
		finally {
			former.kill();
			replicas.forEach(RedisProcess::thaw);
			awaitPromotion(former);
		}
	}

	/**
	 * Starts again what was killed, as replicas, and waits until all know each other.
	 */
	public void revive() {
		RedisProcess primary = primary();
		for (RedisProcess server : this.servers) {
			if (!server.isAlive()) {
				server.restart("replicaof 127.0.0.1 " + primary.port());
			}
		}
		awaitHealth();
	}

	@Override
	public void close() {
		this.sentinels.forEach(RedisProcess::close);
		this.servers.forEach(RedisProcess::close);
	}

	private List<RedisProcess> replicas() {
		RedisProcess primary = primary();
		return this.servers.stream().filter((server) -> server != primary && server.isAlive()).toList();
	}

	private void awaitPromotion(RedisProcess former) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> primary() != former && primary().info("replication").get("role").equals("master"));
	}

	private void awaitHealth() {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> this.sentinels.stream().allMatch(this::isContent));
		Replication.awaitLinks(primary(), replicas());
	}

	private boolean isContent(RedisProcess sentinel) {
		Map<String, String> master = sentinel.ask((redis) -> redis.sentinelMaster(MASTER));
		return primaryPort(sentinel) == primary().port() && "master".equals(master.get("flags"))
				&& "2".equals(master.get("num-other-sentinels"))
				&& sentinel.ask((redis) -> redis.sentinelReplicas(MASTER))
					.stream()
					.filter((replica) -> "slave".equals(replica.get("flags"))
							&& "ok".equals(replica.get("master-link-status")))
					.count() == 2;
	}

	private static int primaryPort(RedisProcess sentinel) {
		return Integer.parseInt(sentinel.ask((redis) -> redis.sentinelGetMasterAddrByName(MASTER)).get(1));
	}

}
