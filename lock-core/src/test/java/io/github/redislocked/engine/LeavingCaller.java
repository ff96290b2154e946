/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller that waits in the queue of its process, and goes when it is told to.
 */
final class LeavingCaller {

	private final Going going;

	private final CompletableFuture<Lease> lease;

	private @Nullable Thread thread;

	LeavingCaller(LockEngine engine, LockSpec spec, Going going) {
		this.going = going;
		if (going == Going.INTERRUPTED) {
			this.lease = new CompletableFuture<>();
			Thread blocked = new Thread(() -> {
				try {
					this.lease.complete(engine.acquire(spec));
				}
				catch (InterruptedException | RuntimeException ex) {
					this.lease.completeExceptionally(ex);
				}
			});
			blocked.start();
			Awaitility.await()
				.pollInterval(Duration.ofMillis(1))
				.until(() -> blocked.getState() == Thread.State.TIMED_WAITING);
			this.thread = blocked;
		}
		else {
			Duration timeout = Duration.ofSeconds((going == Going.TIMED_OUT) ? 1 : 30);
			this.lease = engine.acquireAsync(spec.timeout(timeout)).toCompletableFuture();
		}
	}

	/** Returns when the caller has its failure, whatever the lock is doing. */
	void goes() {
		Class<? extends Throwable> failure = switch (this.going) {
			case INTERRUPTED -> {
				this.thread.interrupt();
				yield InterruptedException.class;
			}
			case CANCELLED -> {
				this.lease.cancel(true);
				yield CancellationException.class;
			}
			case TIMED_OUT -> LockNotAcquiredException.class;
		};
		assertThat(this.lease).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.satisfiesAnyOf((ex) -> assertThat(ex).isInstanceOf(failure),
					(ex) -> assertThat(ex).hasCauseInstanceOf(failure));
	}

	/**
	 * How the caller goes.
	 */
	enum Going {

		INTERRUPTED, CANCELLED, TIMED_OUT

	}

}
