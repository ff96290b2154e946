/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.MigrateParams;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;

/**
 * A Redis Cluster of three primaries, each with a replica that takes its place. The slots
 * of locks move, and primaries die.
 */
public final class RedisCluster implements Servers {

	private static final int PRIMARIES = 3;

	private static final int SLOTS = ClusterSlotHashUtil.SLOT_COUNT;

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final List<RedisProcess> nodes = new ArrayList<>();

	/**
	 * Starts the nodes, and waits until they are a cluster.
	 * @param directory where they keep their files
	 */
	public RedisCluster(Path directory) {
		for (int i = 0; i < 2 * PRIMARIES; i++) {
			int number = i;
			RedisProcess node = RedisProcess.server(directory, "cluster-enabled yes",
					"cluster-config-file nodes-" + i + ".conf", "cluster-node-timeout 1500",
					"cluster-replica-validity-factor 0");
			this.nodes.add(node);
			node.ask((redis) -> redis.clusterSetConfigEpoch(number + 1));
			if (i < PRIMARIES) {
				int[] slots = IntStream.range(i * SLOTS / PRIMARIES, (i + 1) * SLOTS / PRIMARIES).toArray();
				node.ask((redis) -> redis.clusterAddSlots(slots));
			}
			node.ask((redis) -> redis.clusterMeet("127.0.0.1", this.nodes.get(0).port()));
		}
		for (int i = 0; i < PRIMARIES; i++) {
			String primary = this.nodes.get(i).ask(Jedis::clusterMyId);
			RedisProcess replica = this.nodes.get(i + PRIMARIES);
			Awaitility.await()
				.atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(50))
				.ignoreExceptions()
				.until(() -> replica.ask((redis) -> redis.clusterReplicate(primary)).equals("OK"));
		}
		awaitHealth();
	}

	/**
	 * Returns where the nodes are.
	 * @return the addresses of all that live, separated by commas, as
	 * {@code spring.data.redis.cluster.nodes} has them
	 */
	public String nodes() {
		return living().stream().map(RedisProcess::address).collect(Collectors.joining(","));
	}

	@Override
	public Address address() {
		return new Address(Address.Kind.CLUSTER, nodes());
	}

	@Override
	public List<Jedis> connect() {
		return serving().stream().map(RedisProcess::connect).toList();
	}

	@Override
	public Set<Integer> primaries() {
		return serving().stream().map(RedisProcess::port).collect(Collectors.toSet());
	}

	/**
	 * Returns the nodes that live.
	 * @return the nodes, primaries and replicas
	 */
	public List<RedisProcess> living() {
		return this.nodes.stream().filter(RedisProcess::isAlive).toList();
	}

	/**
	 * Returns the node that serves the slot of a lock.
	 * @param redisKey a Redis key of the lock
	 * @return the node
	 */
	public RedisProcess primaryOf(String redisKey) {
		return owner(ClusterSlotHashUtil.calculateSlot(redisKey)).orElseThrow();
	}

	/**
	 * Moves the slot of a lock to another primary, with all keys in it, one after the
	 * other.
	 * @param redisKey a Redis key of the lock
	 */
	public void moveSlot(String redisKey) {
		int slot = ClusterSlotHashUtil.calculateSlot(redisKey);
		// The nodes may not have told each other of the last move yet.
		Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> owner(slot).isPresent());
		RedisProcess source = owner(slot).orElseThrow();
		RedisProcess target = serving().stream().filter((node) -> node != source).findAny().orElseThrow();
		String sourceId = source.ask(Jedis::clusterMyId);
		String targetId = target.ask(Jedis::clusterMyId);
		target.ask((redis) -> redis.clusterSetSlotImporting(slot, sourceId));
		source.ask((redis) -> redis.clusterSetSlotMigrating(slot, targetId));
		List<String> keys = source.ask((redis) -> redis.clusterGetKeysInSlot(slot, 1));
		while (!keys.isEmpty()) {
			String key = keys.get(0);
			source.ask((redis) -> redis.migrate("127.0.0.1", target.port(), 5_000, new MigrateParams(), key));
			keys = source.ask((redis) -> redis.clusterGetKeysInSlot(slot, 1));
		}
		target.ask((redis) -> redis.clusterSetSlotNode(slot, targetId));
		source.ask((redis) -> redis.clusterSetSlotNode(slot, targetId));
		serving().forEach((node) -> node.ask((redis) -> redis.clusterSetSlotNode(slot, targetId)));
	}

	/**
	 * Kills the primary of a lock when its replica has everything that it has
	 * acknowledged, and waits until the replica has taken its place.
	 * @param redisKey a Redis key of the lock
	 */
	public void killPrimaryOf(String redisKey) {
		int slot = ClusterSlotHashUtil.calculateSlot(redisKey);
		RedisProcess former = owner(slot).orElseThrow();
		String id = former.ask(Jedis::clusterMyId);
		List<RedisProcess> replicas = living().stream().filter((node) -> isReplicaOf(node, id)).toList();
		Replication.killInSync(former, replicas);
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> owner(slot).isPresent() && living().stream().allMatch(RedisCluster::isContent));
	}

	/**
	 * Starts again what was killed, as replicas, and waits until all is well.
	 */
	public void revive() {
		this.nodes.stream().filter((node) -> !node.isAlive()).forEach(RedisProcess::restart);
		awaitHealth();
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisProcess::close);
	}

	private List<RedisProcess> serving() {
		return living().stream()
			.filter((node) -> myself(node)[2].contains("master") && myself(node).length > 8)
			.toList();
	}

	// What others say of a node is gossip, and may be old.
	private Optional<RedisProcess> owner(int slot) {
		return serving().stream().filter((node) -> isOwner(node, slot)).findFirst();
	}

	private static boolean isOwner(RedisProcess node, int slot) {
		return Arrays.stream(myself(node)).skip(8).filter((range) -> !range.startsWith("[")).anyMatch((range) -> {
			String[] ends = range.split("-");
			return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
		});
	}

	private static boolean isReplicaOf(RedisProcess node, String id) {
		return myself(node)[3].equals(id);
	}

	// <id> <address> <flags> <primary> <ping> <pong> <epoch> <link> <slots>...
	private static String[] myself(RedisProcess node) {
		return node.ask(Jedis::clusterNodes)
			.lines()
			.filter((line) -> line.contains("myself"))
			.findFirst()
			.orElseThrow()
			.split(" ");
	}

	private void awaitHealth() {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> this.nodes.stream().allMatch((node) -> isContent(node) && knowsAll(node)));
		for (RedisProcess primary : serving()) {
			String id = primary.ask(Jedis::clusterMyId);
			Replication.awaitLinks(primary, living().stream().filter((node) -> isReplicaOf(node, id)).toList());
		}
	}

	private static boolean isContent(RedisProcess node) {
		String info = node.ask(Jedis::clusterInfo);
		return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
	}

	private boolean knowsAll(RedisProcess node) {
		List<String> lines = node.ask(Jedis::clusterNodes).lines().toList();
		return lines.size() == this.nodes.size() && lines.stream().noneMatch((line) -> line.contains("fail"))
				&& lines.stream().filter((line) -> line.contains("slave")).count() == PRIMARIES;
	}

}
