/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.reliability.history.End;
import io.github.redislocked.reliability.history.Outcome;
import io.github.redislocked.reliability.history.Recorder;
import io.github.redislocked.reliability.history.Recording;
import io.github.redislocked.store.OwnerToken;
import org.jspecify.annotations.Nullable;

/**
 * One thread that takes locks, works under them and gives them back, and records what it
 * sees.
 */
final class Caller {

	private final LockTemplate locks;

	private final Recorder recorder;

	private final Resources resources;

	private final int number;

	private final boolean blocking;

	private final SplittableRandom random;

	Caller(LockTemplate locks, Recorder recorder, Resources resources, int number, boolean blocking,
			SplittableRandom random) {
		this.locks = locks;
		this.recorder = recorder;
		this.resources = resources;
		this.number = number;
		this.blocking = blocking;
		this.random = random;
	}

	void once(Profile profile, boolean disturbed) {
		once(profile.next(this.number, this.random, disturbed));
	}

	void once(Plan plan) {
		Recording recording = this.recorder.begin(plan.key(), plan.expire().toNanos(), plan.renewed(),
				plan.timeout().toNanos());
		Lease lease = acquire(plan, recording);
		if (lease == null) {
			return;
		}
		long answeredAt = System.nanoTime();
		recording.granted(answeredAt, lease.fencingToken(), OwnerToken.parse(lease.ownerToken()).sequence(),
				answeredAt + lease.remaining().toNanos());
		lease.onLost(recording::lostTold);
		if (plan.reentrant()) {
			lease.run(() -> reenter(plan, lease));
		}
		work(plan, lease, recording);
		recording.ending();
		recording.ended(close(lease));
	}

	private @Nullable Lease acquire(Plan plan, Recording recording) {
		try {
			return this.blocking ? this.locks.acquire(plan.spec()) : await(plan);
		}
		catch (LockNotAcquiredException ex) {
			recording.answered(Outcome.REFUSED);
		}
		catch (LockStoreException ex) {
			recording.answered(Outcome.FAILED);
			ClientMain.say("failed " + System.nanoTime() + " " + ex.getMessage().replaceAll("\\R", " "));
		}
		catch (InterruptedException | TimeoutException ex) {
			recording.answered(Outcome.GIVEN_UP);
		}
		return null;
	}

	private Lease await(Plan plan) throws InterruptedException, TimeoutException {
		CompletableFuture<Lease> future = this.locks.acquireAsync(plan.spec()).toCompletableFuture();
		try {
			return (plan.cancelAfter() != 0) ? future.get(plan.cancelAfter(), TimeUnit.NANOSECONDS) : future.get();
		}
		catch (TimeoutException | InterruptedException ex) {
			if (!future.cancel(false) && !future.isCompletedExceptionally()) {
				// The lease has come at the last moment.
				return future.join();
			}
			throw ex;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
		}
	}

	private void reenter(Plan plan, Lease lease) {
		try (Lease inner = this.locks.acquire(plan.spec())) {
			// If the outer one is over, this is another acquisition, on its own.
			if (inner.fencingToken() != lease.fencingToken() && lease.isHeld()) {
				ClientMain.say("anomaly a lease inside another has the fencing token " + inner.fencingToken() + ", not "
						+ lease.fencingToken());
			}
		}
		catch (LockLostException | LockNotAcquiredException | LockStoreException ex) {
			// So it is here, too.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void work(Plan plan, Lease lease, Recording recording) {
		recording.reading();
		long value = this.resources.counter(plan.key());
		recording.read(value);
		if (plan.hold() != 0) {
			LockSupport.parkNanos(plan.hold());
		}
		// What comes late here is refused there.
		long offeredAt = System.nanoTime();
		recording.offered(offeredAt, this.resources.offer(plan.key(), lease.fencingToken()));
		if (lease.isHeld()) {
			this.resources.counter(plan.key(), value + 1);
			recording.wrote();
			long now = System.nanoTime();
			long remaining = lease.remaining().toNanos();
			if (remaining > 0) {
				recording.heldUntil(now + remaining);
			}
		}
	}

	private End close(Lease lease) {
		boolean interrupted = Thread.currentThread().isInterrupted();
		try {
			if (this.blocking) {
				lease.close();
			}
			else {
				lease.closeAsync().toCompletableFuture().join();
			}
			return End.RELEASED;
		}
		catch (LockLostException ex) {
			return End.LOST;
		}
		catch (RuntimeException ex) {
			if (ex.getCause() instanceof LockLostException) {
				return End.LOST;
			}
			throw ex;
		}
		finally {
			if (interrupted && !Thread.currentThread().isInterrupted()) {
				ClientMain.say("anomaly closing a lease has cleared the interrupt flag");
			}
		}
	}

}
