/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publishers of other libraries under their locks, through Spring's adapters.
 */
class RxJavaIntegrationTests {

	private final LockedApplication application = new LockedApplication(Driver.LETTUCE, Sources.class);

	private final Sources sources = this.application.get(Sources.class);

	private final String key = this.application.key();

	@AfterEach
	void close() {
		this.application.awaitNothingLeft();
		this.application.close();
	}

	@Test
	void whenSubscribedThenHeldWhileItRuns() {
		assertThat(this.sources.single(this.key, this.application::isLocked).blockingGet()).isTrue();
		assertThat(this.sources.flowable(this.key, this.application::isLocked).toList().blockingGet())
			.containsExactly(true, true);
		assertThat(this.sources.completable(this.key, this.application::isLocked).blockingAwait(10, TimeUnit.SECONDS))
			.isTrue();
		assertThat(JdkFlowAdapter.flowPublisherToFlux(this.sources.flow(this.key, this.application::isLocked))
			.collectList()
			.block()).containsExactly(true);
		assertThat(this.application.isLocked()).isFalse();
	}

	@Test
	void whenNotAcquiredThenItFailsOrIsEmpty() {
		Lease other = this.application.take();
		this.sources.impatient(this.key)
			.test()
			.awaitDone(10, TimeUnit.SECONDS)
			.assertError(LockNotAcquiredException.class);
		assertThat(this.sources.skipped(this.key).isEmpty().blockingGet()).isTrue();
		other.close();
	}

	static class Sources {

		@RedisLocked("#key")
		Single<Boolean> single(String key, BooleanSupplier body) {
			return Single.fromCallable(body::getAsBoolean);
		}

		@RedisLocked("#key")
		Flowable<Boolean> flowable(String key, BooleanSupplier body) {
			return Flowable.range(0, 2).map((i) -> body.getAsBoolean());
		}

		@RedisLocked("#key")
		Completable completable(String key, BooleanSupplier body) {
			return Completable.fromAction(() -> assertThat(body.getAsBoolean()).isTrue());
		}

		@RedisLocked("#key")
		Flow.Publisher<Boolean> flow(String key, BooleanSupplier body) {
			return JdkFlowAdapter.publisherToFlowPublisher(Flux.defer(() -> Flux.just(body.getAsBoolean())));
		}

		@RedisLocked(key = "#key", timeout = "0")
		Single<Boolean> impatient(String key) {
			return Single.just(true);
		}

		@RedisLocked(key = "#key", timeout = "0", onTimeout = OnTimeout.SKIP)
		Maybe<Boolean> skipped(String key) {
			return Maybe.just(true);
		}

	}

}
