/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Renewals in a cluster of which one node stands still.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
class ClusterRenewalIntegrationTests {

	private static final int NODES = 3;

	private static final int STILL = 1;

	private static final Duration LEASE = Duration.ofSeconds(3);

	private static final Duration COMMAND = Duration.ofSeconds(2);

	@TempDir
	private Path directory;

	@Test
	void whenOneNodeStandsStillThenLeasesOnTheOthersAreRenewed() throws Exception {
		try (TestCluster cluster = new TestCluster(NODES, NODES, this.directory)) {
			long pid = cluster.node(STILL).pid();
			Map<Driver, LockEngine> engines = new EnumMap<>(Driver.class);
			for (Driver driver : Driver.values()) {
				engines.put(driver,
						new LockEngine(TestEngines.store(cluster.connect(driver, COMMAND)), TestEngines.SETTINGS));
			}
			Map<Integer, List<Lease>> leases = new HashMap<>();
			for (int i = 0; i < 60; i++) {
				for (Driver driver : Driver.values()) {
					String key = driver + ":" + i;
					leases.computeIfAbsent(cluster.nodeOf(key), (absent) -> new ArrayList<>())
						.add(engines.get(driver).acquire(LockSpec.of(key).expire(LEASE).renew(Renewal.ALWAYS)));
				}
			}
			assertThat(leases).hasSize(NODES);
			Signals.freeze(pid);
			try {
				Awaitility.await()
					.during(LEASE.multipliedBy(3))
					.atMost(LEASE.multipliedBy(4))
					.until(() -> leases.get(0).stream().allMatch(Lease::isHeld)
							&& leases.get(2).stream().allMatch(Lease::isHeld));
				assertThat(leases.get(STILL)).noneMatch(Lease::isHeld);
			}
			finally {
				Signals.thaw(pid);
			}
			leases.get(0).forEach(Lease::close);
			leases.get(2).forEach(Lease::close);
			engines.values().forEach(LockEngine::close);
		}
	}

}
