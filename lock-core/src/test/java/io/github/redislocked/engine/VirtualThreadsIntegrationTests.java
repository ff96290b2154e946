/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Virtual threads that wait for locks, where there are any: on JDK 21 and later.
 */
class VirtualThreadsIntegrationTests {

	private static final int THREADS = 10_000;

	private static final int KEYS = 100;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final String PINNED = "jdk.VirtualThreadPinned";

	private final String key = "order:" + UUID.randomUUID();

	private final TestEngines started = new TestEngines(TestRedis.shared(), Driver.LETTUCE);

	// Each is guarded by the lock on its key, and by nothing else.
	private final int[] entries = new int[KEYS];

	@TempDir
	private Path directory;

	private ExecutorService threads;

	@BeforeEach
	void assumeThereAreVirtualThreads() throws ReflectiveOperationException {
		assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
		this.threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

	@AfterEach
	void stop() {
		if (this.threads != null) {
			this.threads.shutdownNow();
		}
		this.started.close();
	}

	@Test
	void whenTenThousandWaitOnAHundredKeysThenEachGetsInAndNoneIsPinned() throws Exception {
		LockEngine engine = this.started.start();
		LockEngine other = this.started.start();
		// Loading classes pins, too, and is not what this is about.
		waitBehind(other, List.of(engine), THREADS / 10);
		try (Recording recording = startRecording()) {
			waitBehind(other, List.of(engine), THREADS);
			assertThat(stop(recording)).as("pinned while they waited").isEmpty();
		}
		assertThat(this.entries).containsOnly((THREADS + THREADS / 10) / KEYS);
		assertThat(engine.parts().queues().size()).isZero();
		assertThat(engine.parts().held().isEmpty()).isTrue();
	}

	@Test
	void whenTwoEnginesContendThenNoneIsPinned() throws Exception {
		LockEngine one = this.started.start();
		LockEngine two = this.started.start();
		waitBehind(this.started.start(), List.of(one, two), 200);
		try (Recording recording = startRecording()) {
			waitBehind(this.started.start(), List.of(one, two), 2_000);
			assertThat(stop(recording)).as("pinned while they waited").isEmpty();
		}
		assertThat(this.entries).containsOnly(22);
	}

	// That the tests above would see it.
	@Test
	void whenPinnedThenRecorded() throws Exception {
		try (Recording recording = startRecording()) {
			this.threads.submit(() -> assertThat(ParksWhileItIsInitialized.PARKED).isTrue()).get(1, TimeUnit.MINUTES);
			assertThat(stop(recording)).isNotEmpty();
		}
	}

	private void waitBehind(LockEngine holder, List<LockEngine> engines, int count) throws Exception {
		List<Lease> held = new ArrayList<>();
		for (int i = 0; i < KEYS; i++) {
			held.add(holder.acquire(spec(i)));
		}
		CountDownLatch begun = new CountDownLatch(count);
		List<Future<?>> done = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			LockEngine engine = engines.get(i % engines.size());
			int index = i / engines.size() % KEYS;
			done.add(this.threads.submit(() -> {
				begun.countDown();
				Lease lease = engine.acquire(spec(index));
				try {
					int entered = this.entries[index];
					Thread.yield();
					this.entries[index] = entered + 1;
				}
				finally {
					lease.close();
				}
				return null;
			}));
		}
		assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		held.forEach(Lease::close);
		for (Future<?> each : done) {
			each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
	}

	private LockSpec spec(int index) {
		return LockSpec.of(this.key + index).timeout(PATIENCE);
	}

	private static Recording startRecording() {
		Recording recording = new Recording();
		recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
		recording.start();
		return recording;
	}

	private List<String> stop(Recording recording) throws Exception {
		recording.stop();
		Path file = Files.createTempFile(this.directory, "pinned", ".jfr");
		recording.dump(file);
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(PINNED))
			.map(RecordedEvent::getStackTrace)
			.map((stack) -> stack.getFrames().stream().map((frame) -> frame.getMethod().getType().getName()).toList())
			.filter((frames) -> frames.stream().anyMatch((type) -> type.startsWith("io.github.redislocked")))
			// The JVM links a place in the code, once.
			.filter((frames) -> frames.stream().noneMatch((type) -> type.startsWith("java.lang.invoke.MethodHandle")))
			.map(Object::toString)
			.toList();
	}

	/**
	 * Pins whoever uses it first.
	 */
	private static final class ParksWhileItIsInitialized {

		private static final boolean PARKED;

		static {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
			PARKED = true;
		}

	}

}
