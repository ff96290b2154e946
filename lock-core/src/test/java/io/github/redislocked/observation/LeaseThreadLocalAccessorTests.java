/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockSpec;
import io.github.redislocked.engine.UnlockedTemplate;
import io.github.redislocked.reactive.ReactiveLeases;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseThreadLocalAccessorTests {

	private final UnlockedTemplate locks = new UnlockedTemplate(InstantSource.system());

	private final Lease outer = this.locks.acquire(LockSpec.of("outer"));

	private final Lease inner = this.locks.acquire(LockSpec.of("inner"));

	@AfterEach
	void nothingIsCurrent() {
		assertThat(LeaseScope.leases()).isEmpty();
	}

	@Test
	void whenCapturedThenCurrentOnAnotherThread() {
		ContextSnapshot snapshot = this.outer.call(() -> this.inner.call(() -> capture()));
		CompletableFuture.runAsync(snapshot.wrap(() -> {
			assertThat(Lease.current()).contains(this.inner);
			assertThat(Lease.current("outer")).contains(this.outer);
		})).thenRun(() -> assertThat(LeaseScope.leases()).isEmpty()).join();
	}

	@Test
	void whenRestoredThenWhatWasCurrentBeforeIsSoAgain() {
		ContextSnapshot snapshot = this.inner.call(() -> capture());
		this.outer.run(() -> {
			ContextSnapshot.Scope scope = snapshot.setThreadLocals();
			assertThat(LeaseScope.leases()).containsExactly(this.inner);
			scope.close();
			assertThat(LeaseScope.leases()).containsExactly(this.outer);
		});
	}

	@Test
	void whenPipelineCapturesThenItsContextHasTheLease() {
		Mono<Lease> current = ReactiveLeases.current().contextCapture();
		assertThat(this.inner.<Lease, RuntimeException>call(current::block)).isSameAs(this.inner);
	}

	private static ContextSnapshot capture() {
		return ContextSnapshotFactory.builder().build().captureAll();
	}

}
