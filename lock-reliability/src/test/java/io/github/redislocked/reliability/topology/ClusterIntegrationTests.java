/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.redislocked.Lease;
import io.github.redislocked.reliability.server.RedisCluster;
import io.github.redislocked.reliability.server.RedisProcess;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locks on a cluster, whose slots move and whose nodes die.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
class ClusterIntegrationTests extends AbstractTopologyTests {

	/**
	 * Longer than a fail-over takes.
	 */
	private static final Duration LEASE = Duration.ofSeconds(15);

	private static final int MOVES = 30;

	private RedisCluster cluster;

	@BeforeAll
	void start(@TempDir Path directory) throws IOException {
		this.cluster = new RedisCluster(directory);
		startApplications(DocumentedProperties.with("spring.data.redis.cluster.nodes", this.cluster.nodes()));
	}

	@Override
	void stopServers() {
		this.cluster.close();
	}

	@Override
	List<RedisProcess> servers() {
		return this.cluster.living();
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "{}%s", "{%s", "}%s", "{%s}a", "a{%s}b{c}", "}{%s", "{{%s}}", "a}%s{b", "%%7B%s}",
			"é{%s}\n" })
	void whenAKeyTriesToChooseItsSlotThenItsRedisKeysShareOneAllTheSame(String pattern) throws Exception {
		String unique = key();
		String key = pattern.formatted(unique);
		Lease lease = application(Driver.LETTUCE).locks().acquire(spec(key));
		CompletableFuture<Lease> next = application(Driver.JEDIS).locks().acquireAsync(spec(key)).toCompletableFuture();
		Awaitility.await().until(() -> redisKeys(unique).size() == 3);
		assertThat(redisKeys(unique)).extracting(ClusterSlotHashUtil::calculateSlot).containsOnly(slot(key));
		lease.close();
		next.get(20, TimeUnit.SECONDS).close();
		assertThat(redisKeys(unique)).singleElement().asString().endsWith(":fence");
	}

	@Test
	void whenSlotsMoveThenLocksAreTakenHeldAwaitedAndRenewed() throws Exception {
		List<String> contested = keysOfDifferentNodes();
		List<String> kept = keysOfDifferentNodes();
		Duration lease = Duration.ofSeconds(3);
		AtomicInteger losses = new AtomicInteger();
		List<Lease> held = hold(kept, lease, losses);
		try (Contest contest = new Contest(applications(), contested, LEASE)) {
			for (int i = 0; i < MOVES; i++) {
				this.cluster.moveSlot(redisKey(contested.get(i % contested.size())));
				this.cluster.moveSlot(redisKey(kept.get(i % kept.size())));
				contest.awaitStays(1);
			}
			contest.end().assertExclusive();
		}
		assertThat(losses).hasValue(0);
		assertThat(held).allMatch(Lease::isHeld);
		held.forEach(Lease::close);
		assertThat(errors("MOVED")).isPositive();
		assertThat(errors("TRYAGAIN") + errors("ASK")).isPositive();
	}

	@Test
	void whenAPrimaryDiesThenItsLocksGoOnOnItsReplica() throws Exception {
		List<String> contested = keysOfDifferentNodes();
		AtomicInteger losses = new AtomicInteger();
		List<Lease> held = hold(keysOfDifferentNodes(), LEASE, losses);
		List<String> impatience = List.of("spring.data.redis.cluster.nodes=" + this.cluster.nodes(),
				"spring.data.redis.cluster.max-redirects=1", "spring.data.redis.timeout=1s");
		try (Application impatient = new Application(Driver.JEDIS, impatience);
				Contest contest = new Contest(Stream.concat(applications().stream(), Stream.of(impatient)).toList(),
						contested, LEASE)) {
			this.cluster.killPrimaryOf(redisKey(contested.get(0)));
			contest.awaitStays(4);
			contest.end().assertExclusive();
			contest.assertNoPause(Duration.ofSeconds(20));
		}
		Awaitility.await()
			.atMost(LEASE)
			.until(() -> held.stream().allMatch((lease) -> lease.remaining().compareTo(LEASE.dividedBy(2)) > 0));
		held.forEach(Lease::close);
		assertThat(losses).hasValue(0);
		this.cluster.revive();
	}

	// The applications hold them in turn.
	private List<Lease> hold(List<String> keys, Duration expire, AtomicInteger losses) {
		return keys.stream().map((key) -> {
			Application holder = applications().get(keys.indexOf(key) % applications().size());
			Lease lease = holder.locks().acquireAsync(renewed(key, expire)).toCompletableFuture().join();
			lease.onLost(losses::incrementAndGet);
			return lease;
		}).toList();
	}

	private List<String> keysOfDifferentNodes() {
		List<RedisProcess> nodes = new ArrayList<>();
		List<String> keys = new ArrayList<>();
		while (keys.size() < 3) {
			String key = key();
			RedisProcess node = this.cluster.primaryOf(redisKey(key));
			if (!nodes.contains(node)) {
				nodes.add(node);
				keys.add(key);
			}
		}
		return keys;
	}

	private static String redisKey(String key) {
		return "redis-lock:{" + key + "}";
	}

	private int slot(String key) {
		String escaped = key.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
		return ClusterSlotHashUtil.calculateSlot(redisKey(escaped));
	}

	// Replicas have them, too.
	private Set<String> redisKeys(String part) {
		return servers().stream()
			.flatMap((node) -> node.ask((redis) -> redis.keys("*" + part + "*")).stream())
			.collect(Collectors.toSet());
	}

	private long errors(String code) {
		return servers().stream()
			.map((node) -> node.info("errorstats").get("errorstat_" + code))
			.filter(Objects::nonNull)
			.mapToLong((count) -> Long.parseLong(count.replace("count=", "")))
			.sum();
	}

}
