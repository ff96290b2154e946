/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.QueuedSnapshot;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Locks on all nodes of a cluster are shown and taken away, whichever node has them.
 */
class ClusterInspectionIntegrationTests {

	private static final int NODES = 3;

	private static final Duration COMMAND = Duration.ofSeconds(10);

	@TempDir
	private static Path directory;

	private static TestCluster cluster;

	@BeforeAll
	static void start() {
		cluster = new TestCluster(NODES, NODES, directory);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenLocksLieOnAllNodesThenEachIsShownAsItsNodeHasItAndIsTakenAwayThere(Driver driver) throws Exception {
		try (LockEngine holder = engine(driver); LockEngine other = engine(driver)) {
			LockInspector inspector = new EngineInspector(other);
			Set<Integer> nodes = new HashSet<>();
			for (int i = 0; nodes.size() < NODES; i++) {
				String key = driver + ":" + i;
				if (nodes.add(cluster.nodeOf(key))) {
					showAndTakeAway(holder, other, inspector, key);
				}
			}
		}
	}

	private static void showAndTakeAway(LockEngine holder, LockEngine other, LockInspector inspector, String key)
			throws Exception {
		assertThat(inspector.inspect(key).held()).isFalse();
		Lease lease = holder.acquire(LockSpec.of(key));
		Future<Lease> waiting = other.acquireAsync(LockSpec.of(key).timeout(Duration.ofSeconds(30)))
			.toCompletableFuture();
		String redisKey = "redis-lock:{" + key + "}";
		Awaitility.await().until(() -> ask(key, (node) -> node.zcard(redisKey + ":queue")) == 1);
		LockSnapshot lock = inspector.inspect(key);
		assertThat(lock.ownerToken()).isEqualTo(lease.ownerToken()).isEqualTo(ask(key, (node) -> node.get(redisKey)));
		String fence = ask(key, (node) -> node.hget(redisKey + ":fence", "last"));
		assertThat(fence).isEqualTo(String.valueOf(lock.lastFencingToken()));
		assertThat(lock.remaining().toMillis() - ask(key, (node) -> node.pttl(redisKey))).isBetween(0L, 10_000L);
		assertThat(lock.queue()).extracting(QueuedSnapshot::ownerToken)
			.containsExactlyElementsOf(ask(key, (node) -> node.zrange(redisKey + ":queue", 0, -1)));
		assertThat(inspector.forceRelease(key, lease.ownerToken())).isTrue();
		Lease next = waiting.get();
		String heir = ask(key, (node) -> node.get(redisKey));
		assertThat(heir).isEqualTo(next.ownerToken());
		assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		next.close();
		assertThat(inspector.inspect(key).held()).isFalse();
	}

	private static <T> T ask(String key, Function<Jedis, T> question) {
		return cluster.ask(cluster.nodeOf(key), question);
	}

	private static LockEngine engine(Driver driver) {
		return new LockEngine(TestEngines.store(cluster.connect(driver, COMMAND)), TestEngines.SETTINGS);
	}

}
