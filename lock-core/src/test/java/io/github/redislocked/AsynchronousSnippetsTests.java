/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.config.EnableRedisLocks;
import io.github.redislocked.engine.UnlockedTemplate;
import io.github.redislocked.reactive.ReactiveLeases;
import io.github.redislocked.testing.DocumentedSnippets;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code in the page about asynchronous methods.
 */
class AsynchronousSnippetsTests {

	@Test
	void whenShownThenCompiledHere() {
		DocumentedSnippets.ofPage("docs/asynchronous.md").areFrom(AsynchronousSnippetsTests.class);
	}

	@Test
	void whenRunThenItDoesWhatThePageSays() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(App.class)) {
			Warehouse warehouse = context.getBean(Warehouse.class);
			assertThat(warehouse.ship("lamp").join()).startsWith("lamp shipped with ");
			assertThat(warehouse.pack("lamp").block()).startsWith("lamp packed with ");
			assertThat(warehouse.settle("lamp").join()).isEqualTo("lamp booked under lamp");
			Lease lease = context.getBean(UnlockedTemplate.class).acquire(LockSpec.of("mug"));
			CompletableFuture
				.runAsync(
						lease.call(() -> warehouse.carryingTheLease(() -> assertThat(Lease.current()).contains(lease))))
				.join();
			assertThat(warehouse.inTurn(context.getBean(LockTemplate.class), LockSpec.of("mug")).toCompletableFuture())
				.isCompletedWithValue("worked");
		}
	}

	static class Warehouse {

		// tag::future[]
		@RedisLocked(key = "'order:' + #id", timeout = "5s")
		CompletableFuture<String> ship(String id) {
			long fence = Lease.current().orElseThrow().fencingToken();
			return CompletableFuture.supplyAsync(() -> id + " shipped with " + fence);
		}
		// end::future[]

		// tag::publisher[]
		@RedisLocked("'order:' + #id")
		Mono<String> pack(String id) {
			return ReactiveLeases.current().map((lease) -> id + " packed with " + lease.fencingToken());
		}
		// end::publisher[]

		// tag::handover[]
		@RedisLocked("#id")
		CompletableFuture<String> settle(String id) {
			Lease lease = Lease.current().orElseThrow();
			return CompletableFuture.supplyAsync(() -> lease.call(() -> book(id)));
		}
		// end::handover[]

		// tag::micrometer[]
		Runnable carryingTheLease(Runnable work) {
			return ContextSnapshotFactory.builder().build().captureAll().wrap(work);
		}
		// end::micrometer[]

		// tag::template[]
		CompletionStage<String> inTurn(LockTemplate locks, LockSpec spec) {
			return locks.acquireAsync(spec)
				.thenCompose((lease) -> lease.call(() -> work(lease.fencingToken()))
					.thenCompose((result) -> lease.closeAsync().thenApply((closed) -> result)));
		}
		// end::template[]

		private CompletionStage<String> work(long fence) {
			return CompletableFuture.completedStage("worked");
		}

		private String book(String id) {
			return id + " booked under " + Lease.current().orElseThrow().key();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class App {

		@Bean
		UnlockedTemplate locks() {
			return new UnlockedTemplate(InstantSource.system());
		}

		@Bean
		Warehouse warehouse() {
			return new Warehouse();
		}

	}

}
