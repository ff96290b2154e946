/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a locked publisher costs on a driver that does not block, and where its code runs.
 */
class NonBlockingMethodsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final LockedApplication application = new LockedApplication(Driver.LETTUCE, Pipelines.class);

	private final Pipelines work = this.application.get(Pipelines.class);

	private final String key = this.application.key();

	private final List<String> threads = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void whenTheLockIsFreeThenAMonoCostsTwoScripts() {
		mono().block(LIMIT);
		assertThat(this.application.scripts(() -> mono().block(LIMIT))).isEqualTo(2);
	}

	@Test
	void whenTheLockIsFreeOrHeldThenNoCodeRunsOnAThreadOfTheDrivers() {
		mono().block(LIMIT);
		Lease other = this.application.take();
		Mono<Long> waiting = mono().cache();
		waiting.subscribe();
		other.close();
		waiting.block(LIMIT);
		this.application.locks().acquireAsync(LockSpec.of(this.key)).thenCompose((lease) -> {
			note();
			return lease.closeAsync();
		}).thenRun(this::note).toCompletableFuture().join();
		assertThat(this.threads).hasSize(6)
			.allMatch(
					(name) -> name.startsWith("redis-lock-callback") || name.equals(Thread.currentThread().getName()));
	}

	private Mono<Long> mono() {
		return this.work.mono(this.key, () -> {
			note();
			return Mono.just(1L);
		}).doOnTerminate(this::note);
	}

	private void note() {
		this.threads.add(Thread.currentThread().getName());
	}

}
