/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Listings of the locks of a cluster, by processes on both drivers that take turns.
 */
class ClusterListingIntegrationTests {

	private static final String PREFIX = "redis-lock:";

	private static final int NODES = 3;

	private static final int SLOTS_PER_NODE = 5462;

	private static final Map<Driver, RedisConnectionFactory> CONNECTIONS = new EnumMap<>(Driver.class);

	private static TestCluster cluster;

	@TempDir
	private static Path directory;

	@BeforeAll
	static void start() {
		cluster = new TestCluster(NODES, NODES, directory);
		for (Driver driver : Driver.values()) {
			CONNECTIONS.put(driver, cluster.connect(driver, Duration.ofSeconds(10)));
		}
	}

	@AfterAll
	static void stop() {
		CONNECTIONS.values().forEach(GetSetFixture::close);
		cluster.close();
	}

	@AfterEach
	void nothingIsLeft() {
		for (int node = 0; node < NODES; node++) {
			cluster.ask(node, Jedis::flushAll);
		}
	}

	@Test
	void whenAllNodesHaveLocksThenEachIsListedOnce() {
		ListingProcess[] processes = queues();
		List<String> keys = held(processes[0], 90);
		assertThat(keys.stream().map(cluster::nodeOf).distinct()).hasSize(NODES);
		otherKeys();
		for (int limit : List.of(1, 7, 1000)) {
			assertThat(ListingProcess.keys(limit, processes)).containsExactlyInAnyOrderElementsOf(keys);
		}
		assertThat(processes[1].page(null, 1000).locks()).as("all nodes in one page").hasSize(keys.size());
	}

	@Test
	void whenTheProtocolIsGetSetThenEachLockIsListedOnce() {
		for (String prefix : List.of("", "app:", "{tag}:")) {
			ListingProcess[] processes = Stream.of(Driver.values())
				.map((driver) -> new ListingProcess(
						new GetSetLockStore(CONNECTIONS.get(driver), prefix, Duration.ofMinutes(10))))
				.toArray(ListingProcess[]::new);
			otherKeys();
			List<String> keys = held(processes[0], 60);
			for (int limit : List.of(7, 1000)) {
				assertThat(ListingProcess.keys(limit, processes)).containsExactlyInAnyOrderElementsOf(keys);
			}
			nothingIsLeft();
		}
	}

	@Test
	void whenASlotMovesThenTheCursorIsRefusedAndTheNextListingIsWhole() {
		ListingProcess[] processes = queues();
		List<String> keys = held(processes[0], 60);
		List<String> cursors = cursors(processes[0]);
		String moved = keys.stream().filter((key) -> cluster.nodeOf(key) == 2).findFirst().orElseThrow();
		int slot = TestCluster.slotOf(moved);
		String from = cluster.ask(2, Jedis::clusterMyId);
		String to = cluster.ask(0, Jedis::clusterMyId);
		cluster.ask(0, (node) -> node.clusterSetSlotImporting(slot, from));
		cluster.ask(2, (node) -> node.clusterSetSlotMigrating(slot, to));
		assertThat(ListingProcess.keys(7, processes)).as("a slot on its way").containsExactlyInAnyOrderElementsOf(keys);
		List<String> names = cluster.ask(2, (node) -> node.clusterGetKeysInSlot(slot, 100));
		for (String name : names) {
			cluster.ask(2, (node) -> node.migrate("127.0.0.1", cluster.node(0).port(), name, 0, 5_000));
		}
		assertThat(ListingProcess.keys(7, processes)).as("keys where their slot is not yet").contains(moved);
		for (int node : List.of(0, 2, 1)) {
			cluster.ask(node, (one) -> one.clusterSetSlotNode(slot, to));
		}
		Awaitility.await().untilAsserted(() -> {
			for (ListingProcess process : processes) {
				for (String cursor : cursors) {
					assertThatIllegalArgumentException().isThrownBy(() -> process.page(cursor, 7))
						.withMessageContaining("begin again without a cursor");
				}
			}
			assertThat(ListingProcess.keys(7, processes)).containsExactlyInAnyOrderElementsOf(keys);
		});
		moveBack(slot, from, names);
	}

	@Test
	void whenTheProtocolIsGetSetAndASlotIsOnItsWayThenTheAnswerSaysSo() {
		ListingProcess tagged = getSet("{tag}:");
		ListingProcess plain = getSet("");
		tagged.acquire("order:42");
		int slot = cluster.ask(0, (node) -> (int) node.clusterKeySlot("{tag}:order:42"));
		int owner = slot / SLOTS_PER_NODE;
		int other = (owner + 1) % NODES;
		String from = cluster.ask(owner, Jedis::clusterMyId);
		String to = cluster.ask(other, Jedis::clusterMyId);
		cluster.ask(other, (node) -> node.clusterSetSlotImporting(slot, from));
		cluster.ask(owner, (node) -> node.clusterSetSlotMigrating(slot, to));
		assertSlotsAreMoving(tagged);
		assertThat(ListingProcess.keys(10, plain)).containsExactly("{tag}:order:42");
		cluster.ask(owner, (node) -> node.migrate("127.0.0.1", cluster.node(other).port(), "{tag}:order:42", 0, 5_000));
		assertSlotsAreMoving(plain);
		for (int node = 0; node < NODES; node++) {
			cluster.ask(node, Jedis::flushAll);
			cluster.ask(node, (one) -> one.clusterSetSlotStable(slot));
		}
		tagged.acquire("order:42");
		assertThat(ListingProcess.keys(10, tagged)).containsExactly("order:42");
		assertThat(ListingProcess.keys(10, plain)).containsExactly("{tag}:order:42");
	}

	private static void assertSlotsAreMoving(ListingProcess process) {
		LockStoreException ex = catchThrowableOfType(LockStoreException.class, () -> process.page(null, 10));
		assertThat(ex).hasMessageContaining("slots of the cluster are moving");
		assertThat(ex.isTransient()).isTrue();
	}

	private static ListingProcess getSet(String prefix) {
		return new ListingProcess(new GetSetLockStore(CONNECTIONS.get(Driver.LETTUCE), prefix, Duration.ofMinutes(10)));
	}

	// The slot with its keys where it was.
	private static void moveBack(int slot, String owner, List<String> names) {
		cluster.ask(2, (node) -> node.clusterSetSlotImporting(slot, cluster.ask(0, Jedis::clusterMyId)));
		cluster.ask(0, (node) -> node.clusterSetSlotMigrating(slot, owner));
		for (String name : names) {
			cluster.ask(0, (node) -> node.migrate("127.0.0.1", cluster.node(2).port(), name, 0, 5_000));
		}
		for (int node : List.of(2, 0, 1)) {
			cluster.ask(node, (one) -> one.clusterSetSlotNode(slot, owner));
		}
	}

	// A cursor on each node, and one from the end of each but the last.
	private static List<String> cursors(ListingProcess process) {
		List<String> cursors = new ArrayList<>();
		String cursor = process.page(null, 5).nextCursor();
		while (cursor != null) {
			cursors.add(cursor);
			cursor = process.page(cursor, 5).nextCursor();
		}
		assertThat(cursors).hasSizeGreaterThan(NODES);
		return cursors;
	}

	private static List<String> held(ListingProcess process, int number) {
		List<String> keys = Stream.iterate(0, (i) -> i + 1).limit(number).map((i) -> "order:" + i).toList();
		keys.forEach(process::acquire);
		return keys;
	}

	private static void otherKeys() {
		for (int i = 0; i < 500; i++) {
			String key = "order:other:" + i;
			cluster.ask(cluster.nodeOf(key), (node) -> node.set("other:{" + key + "}", "1"));
		}
	}

	private static ListingProcess[] queues() {
		return Stream.of(Driver.values())
			.map((driver) -> new ListingProcess(
					new QueueLockStore(CONNECTIONS.get(driver), PREFIX, Duration.ofMinutes(10))))
			.toArray(ListingProcess[]::new);
	}

}
