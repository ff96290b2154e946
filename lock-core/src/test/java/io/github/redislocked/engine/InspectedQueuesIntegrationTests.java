/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.QueuedSnapshot;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestCluster;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The queue of a lock as an operator sees it, on one server and on a cluster.
 */
class InspectedQueuesIntegrationTests {

	private static final Duration COMMAND = Duration.ofSeconds(5);

	private static TestCluster cluster;

	private final List<LockEngine> engines = new ArrayList<>();

	private final LockSpec spec = LockSpec.of("queue:" + UUID.randomUUID()).timeout(Duration.ofSeconds(20));

	@BeforeAll
	static void start(@TempDir Path directory) {
		cluster = new TestCluster(3, 3, directory);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@AfterEach
	void close() {
		this.engines.forEach(LockEngine::close);
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,false", "JEDIS,false", "LETTUCE,true", "JEDIS,true" })
	void whenProcessesWaitThenTheyAreShownInTheOrderInWhichTheyGetTheLock(Driver driver, boolean clustered)
			throws Exception {
		for (String name : List.of("holder", "first", "second")) {
			this.engines
				.add(engine(name, clustered ? cluster.connect(driver, COMMAND) : TestRedis.shared().connect(driver)));
		}
		LockInspector inspector = new EngineInspector(this.engines.get(0));
		Lease lease = this.engines.get(0).acquire(this.spec);
		CompletableFuture<Lease> first = wait(1, inspector);
		CompletableFuture<Lease> second = wait(2, inspector);

		LockSnapshot lock = inspector.inspect(this.spec.key());
		assertThat(lock.ownerToken()).isEqualTo(lease.ownerToken());
		assertThat(lock.instance()).isEqualTo("holder");
		assertThat(lock.queue()).extracting(QueuedSnapshot::instance).containsExactly("first", "second");
		QueuedSnapshot head = lock.queue().get(0);
		QueuedSnapshot next = lock.queue().get(1);
		assertThat(head.since()).isBefore(next.since());
		assertThat(head.waited()).isGreaterThan(next.waited());
		QueuedSnapshot later = inspector.inspect(this.spec.key()).queue().get(0);
		assertThat(later.waited()).isGreaterThan(head.waited());
		assertThat(later.since()).isEqualTo(head.since());

		lease.close();
		Lease taken = first.get();
		assertThat(taken.ownerToken()).isEqualTo(head.ownerToken());
		assertThat(inspector.forceRelease(this.spec.key(), taken.ownerToken())).isTrue();
		try (Lease last = second.get()) {
			assertThat(last.ownerToken()).isEqualTo(next.ownerToken());
			assertThat(inspector.inspect(this.spec.key()).queue()).isEmpty();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(taken::close);
			assertThat(last.isHeld()).isTrue();
		}
	}

	private CompletableFuture<Lease> wait(int number, LockInspector inspector) {
		CompletableFuture<Lease> lease = this.engines.get(number).acquireAsync(this.spec).toCompletableFuture();
		Awaitility.await().until(() -> inspector.inspect(this.spec.key()).waiters() == number);
		return lease;
	}

	private static LockEngine engine(String name, RedisConnectionFactory connections) {
		LockEngineSettings settings = TestEngines.SETTINGS;
		return new LockEngine(TestEngines.store(connections), new LockEngineSettings(name, settings.expire(),
				settings.timeout(), settings.maxHold(), settings.shutdownGrace(), settings.localHandover()));
	}

}
