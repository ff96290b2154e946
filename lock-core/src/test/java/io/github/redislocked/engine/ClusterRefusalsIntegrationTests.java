/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.redislocked.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.MigrateParams;

/**
 * What the engine makes of a cluster that does not serve a slot for a time, or moves it.
 */
class ClusterRefusalsIntegrationTests {

	private static final int OWNER = 0;

	private static final int OTHER = 1;

	private static TestCluster cluster;

	private static RefusalTrials trials;

	@TempDir
	private static Path directory;

	@BeforeAll
	static void start() {
		cluster = new TestCluster(2, 1, directory);
		trials = new RefusalTrials((driver) -> cluster.connect(driver, Duration.ofSeconds(10)));
	}

	@AfterAll
	static void stop() {
		trials.close();
		cluster.close();
	}

	@Test
	void whenASlotIsNotServedThenItsReturnIsAwaited() throws Exception {
		List<String> keys = RefusalTrials.keys("unserved:").toList();
		trials.begin("unserved:", RefusalTrials.EXPIRE);
		keys.forEach((key) -> cluster.ask(OWNER, (node) -> node.clusterDelSlots(TestCluster.slotOf(key))));
		trials.refused("CLUSTERDOWN", "check that every slot is served", RefusalTrials.REFUSED);
		keys.forEach((key) -> cluster.ask(OWNER, (node) -> node.clusterAddSlots(TestCluster.slotOf(key))));
		trials.passed();
	}

	@Test
	void whenASlotMovesWithPartOfALockThenTheEndOfThatIsAwaited() throws Exception {
		List<String> keys = RefusalTrials.keys("moving:").toList();
		trials.begin("moving:", RefusalTrials.EXPIRE);
		keys.forEach(ClusterRefusalsIntegrationTests::beginMove);
		trials.refused("TRYAGAIN", "the cluster is failing over or moving slots", RefusalTrials.REFUSED);
		keys.forEach(ClusterRefusalsIntegrationTests::endMove);
		trials.passed();
	}

	private static void beginMove(String key) {
		int slot = TestCluster.slotOf(key);
		String source = cluster.ask(OWNER, Jedis::clusterMyId);
		String target = cluster.ask(OTHER, Jedis::clusterMyId);
		cluster.ask(OTHER, (node) -> node.clusterSetSlotImporting(slot, source));
		cluster.ask(OWNER, (node) -> node.clusterSetSlotMigrating(slot, target));
	}

	private static void endMove(String key) {
		int slot = TestCluster.slotOf(key);
		String target = cluster.ask(OTHER, Jedis::clusterMyId);
		String[] moved = cluster.ask(OWNER, (node) -> node.clusterGetKeysInSlot(slot, 100)).toArray(String[]::new);
		if (moved.length > 0) {
			int port = cluster.node(OTHER).port();
			cluster.ask(OWNER, (node) -> node.migrate("127.0.0.1", port, 5000, new MigrateParams(), moved));
		}
		cluster.ask(OTHER, (node) -> node.clusterSetSlotNode(slot, target));
		cluster.ask(OWNER, (node) -> node.clusterSetSlotNode(slot, target));
	}

}
