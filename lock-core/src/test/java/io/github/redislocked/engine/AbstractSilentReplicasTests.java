/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestReplicas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of callers, and of everybody else, while replicas do not answer.
 */
abstract class AbstractSilentReplicasTests extends AbstractReplicatedEngines {

	AbstractSilentReplicasTests(Driver driver) {
		super(driver);
	}

	@Test
	void whenManyThatDoNotBlockWaitForReplicasThenAllGetTheirLockInTheEnd() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		this.servers.freeze();
		List<CompletableFuture<Lease>> leases = new ArrayList<>();
		long start = System.nanoTime();
		spec();
		for (int i = 0; i < 40; i++) {
			leases.add(engine.acquireAsync(LockSpec.of(this.key + ":" + i).timeout(LONG)).toCompletableFuture());
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
		awaitWaits(1);
		this.servers.thaw();
		for (CompletableFuture<Lease> lease : leases) {
			got(lease).closeAsync().toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void whenInterruptedWhileReplicasDoNotAnswerThenNothingIsLeft() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		this.servers.freeze();
		CompletableFuture<Throwable> end = new CompletableFuture<>();
		LockSpec spec = spec();
		Thread thread = new Thread(() -> {
			try {
				engine.acquire(spec);
				end.complete(new AssertionError("acquired"));
			}
			catch (InterruptedException | RuntimeException ex) {
				end.complete(ex);
			}
		});
		thread.start();
		awaitWaits(1);
		thread.interrupt();
		assertThat(end.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
		Awaitility.await().until(() -> !this.redis.hasKey(lock()));
		this.servers.thaw();
		engine.acquire(spec()).close();
	}

	@Test
	void whenCancelledWhileReplicasDoNotAnswerThenNothingIsLeft() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		this.servers.freeze();
		CompletableFuture<Lease> waiting = engine.acquireAsync(spec()).toCompletableFuture();
		awaitWaits(1);
		waiting.cancel(false);
		Awaitility.await().until(() -> !this.redis.hasKey(lock()) && engine.parts().queues().size() == 0);
	}

	@Test
	void whenTheConnectionBreaksWhileReplicasDoNotAnswerThenNobodyEnters() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		this.servers.freeze();
		CompletableFuture<Lease> blocking = blocking(engine, spec());
		awaitWaits(1);
		// A driver that connects again repeats the command, on a connection that has not
		// written the lock.
		for (String client : TestReplicas.ask(this.servers.primary(), "CLIENT", "LIST").split("\n")) {
			if (client.contains(" cmd=wait ")) {
				TestReplicas.ask(this.servers.primary(), "CLIENT", "KILL", "ID",
						client.replaceAll("^id=(\\d+) .*", "$1").strip());
			}
		}
		assertNotDoneFor(blocking, Duration.ofMillis(1200));
		this.servers.thaw();
		got(blocking).close();
	}

	@Test
	void whenReplicasDoNotAnswerThenCommandsOfOthersAreNotHeldUp() throws Exception {
		LockEngine engine = engine(LocalHandover.DEFAULT);
		StringRedisTemplate others = new StringRedisTemplate(this.connections);
		others.hasKey("redis-lock:warm");
		this.servers.freeze();
		CompletableFuture<Lease> blocking = blocking(engine, spec().timeout(Duration.ofSeconds(2)));
		CompletableFuture<Lease> waiting = engine
			.acquireAsync(LockSpec.of(this.key + ":2").timeout(Duration.ofSeconds(2)))
			.toCompletableFuture();
		long longest = 0;
		while (!blocking.isDone() || !waiting.isDone()) {
			long start = System.nanoTime();
			others.hasKey("redis-lock:any");
			longest = Math.max(longest, System.nanoTime() - start);
		}
		assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofMillis(600));
		assertThat(blocking).isCompletedExceptionally();
		assertThat(waiting).isCompletedExceptionally();
	}

}
