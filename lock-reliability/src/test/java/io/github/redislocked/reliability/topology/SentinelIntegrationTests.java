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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockLostException;
import io.github.redislocked.Renewal;
import io.github.redislocked.reliability.server.RedisProcess;
import io.github.redislocked.reliability.server.SentinelGroup;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Locks on a primary that Sentinel watches over.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
class SentinelIntegrationTests extends AbstractTopologyTests {

	/**
	 * Longer than a fail-over takes.
	 */
	private static final Duration LEASE = Duration.ofSeconds(12);

	private SentinelGroup group;

	@BeforeAll
	void start(@TempDir Path directory) throws IOException {
		this.group = new SentinelGroup(directory);
		startApplications(DocumentedProperties.with("spring.data.redis.sentinel.nodes", this.group.nodes()));
	}

	@Override
	void stopServers() {
		this.group.close();
	}

	@Override
	List<RedisProcess> servers() {
		return List.of(this.group.primary());
	}

	@Test
	void whenThePrimaryDiesAndReplicasHaveEverythingThenNothingIsLost() throws Exception {
		List<Lease> held = new ArrayList<>();
		AtomicInteger losses = new AtomicInteger();
		for (Application application : applications()) {
			Lease lease = application.locks().acquire(renewed(key(), LEASE));
			lease.onLost(losses::incrementAndGet);
			held.add(lease);
		}
		try (Contest contest = new Contest(applications(), List.of(key(), key()), LEASE)) {
			this.group.killPrimary();
			contest.awaitStays(4);
			contest.end().assertExclusive();
			contest.assertNoPause(Duration.ofSeconds(20));
		}
		Awaitility.await()
			.atMost(LEASE)
			.until(() -> held.stream().allMatch((lease) -> lease.remaining().compareTo(LEASE.dividedBy(2)) > 0));
		held.forEach(Lease::close);
		assertThat(losses).hasValue(0);
		this.group.revive();
	}

	@Test
	void whenThePrimaryDiesWithALockThatNoReplicaHasThenItsHolderIsTold() throws Exception {
		for (Driver driver : Driver.values()) {
			Application losing = application(driver);
			String key = key();
			String strictKey = key();
			long before = losing.locks().execute(spec(key), () -> Lease.current(key).orElseThrow().fencingToken());
			List<Lease> lost = this.group.killPrimaryLosing(() -> List.of(losing.locks().acquire(renewed(key, LEASE)),
					losing.locks().acquire(spec(strictKey).expire(LEASE).renew(Renewal.NEVER))));
			Lease renewed = lost.get(0);
			AtomicInteger losses = new AtomicInteger();
			renewed.onLost(losses::incrementAndGet);
			Lease next = other(driver).locks().acquireAsync(spec(key)).toCompletableFuture().get(20, TimeUnit.SECONDS);
			assertThat(renewed.fencingToken()).isGreaterThan(before);
			assertThat(next.fencingToken()).isGreaterThan(renewed.fencingToken());
			Awaitility.await().atMost(LEASE).until(() -> losses.get() == 1);
			assertLost(renewed);
			assertLost(lost.get(1));
			assertThat(next.isHeld()).isTrue();
			next.close();
			Awaitility.await()
				.untilAsserted(() -> assertThat(losing.events().events()).filteredOn(LeaseLost.class::isInstance)
					.extracting(LockEvent::key)
					.contains(key, strictKey));
			this.group.revive();
		}
	}

	private static void assertLost(Lease lease) {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		assertThat(lease.isHeld()).isFalse();
	}

}
