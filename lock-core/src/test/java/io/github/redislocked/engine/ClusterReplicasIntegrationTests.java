/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Path;
import java.time.Duration;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestCluster;
import io.github.redislocked.testing.TestReplicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Locks in a cluster that replicas confirm: those of the node of the key.
 */
class ClusterReplicasIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void whenTheNodeOfTheKeyHasAReplicaThenThatConfirms() throws Exception {
		try (TestCluster cluster = new TestCluster(3, 2, this.directory)) {
			// The second node has none.
			follow(cluster, 2, 0);
			try (LockEngine engine = engine(cluster, Driver.LETTUCE)) {
				for (int i = 0; i < 20; i++) {
					LockSpec spec = LockSpec.of("order:" + i).timeout(Duration.ofMillis(500));
					if (cluster.nodeOf(spec.key()) == 0) {
						try (Lease lease = engine.acquire(spec)) {
							assertThat(onReplica(cluster, spec.key())).isEqualTo(lease.ownerToken());
						}
						engine.acquireAsync(spec).toCompletableFuture().join().close();
					}
					else {
						assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> engine.acquire(spec))
							.withMessageContaining("0 of the 1 replicas");
					}
				}
			}
		}
	}

	@Test
	void whenJedisThenSaysThatItCannot() throws Exception {
		try (TestCluster cluster = new TestCluster(1, 1, this.directory);
				LockEngine engine = engine(cluster, Driver.JEDIS)) {
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> engine.acquire(LockSpec.of("k").timeout(Duration.ofSeconds(20))))
				.withMessageContaining("needs the driver Lettuce")
				.matches((ex) -> !ex.isTransient());
			Awaitility.await().until(() -> engine.parts().closings().isIdle());
			assertThat(TestReplicas.ask(cluster.node(0), "EXISTS", "redis-lock:{k}")).isEqualTo("0");
		}
	}

	private static String onReplica(TestCluster cluster, String key) {
		return cluster.ask(2, (node) -> {
			node.readonly();
			return node.get("redis-lock:{" + key + "}");
		});
	}

	private static void follow(TestCluster cluster, int replica, int primary) {
		String id = cluster.ask(primary, Jedis::clusterMyId);
		cluster.ask(replica, (node) -> node.clusterReplicate(id));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> TestReplicas.ask(cluster.node(replica), "INFO", "replication")
				.contains("master_link_status:up"));
	}

	private static LockEngine engine(TestCluster cluster, Driver driver) {
		return new LockEngine(TestEngines.store(cluster.connect(driver, Duration.ofSeconds(10)), 1),
				TestEngines.SETTINGS);
	}

}
