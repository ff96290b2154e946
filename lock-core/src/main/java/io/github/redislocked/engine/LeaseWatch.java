/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.RenewAnswer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Watches over one lease: renews it when that is due, and notices when it has run out.
 * <p>
 * A lease is renewed at a third of its time. One that was handed over lasts for the claim
 * time only, and is lifted to its full time at a third of the claim time, whether it is
 * renewed later on or not; a holder that is done sooner spares that command.
 */
final class LeaseWatch {

	private static final Log logger = LogFactory.getLog(LeaseWatch.class);

	private static final int RENEWALS_PER_LEASE = 3;

	/**
	 * A renewal that gains less than this part of the lease time is not sent.
	 */
	private static final int LEAST_GAIN = 50;

	private static final long SHORTEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private final Parts parts;

	private final Grant grant;

	private final HeldLock lock;

	private final LockRelease release;

	private long expireNanos;

	private boolean renewed;

	private @Nullable Long renewAt;

	private @Nullable Future<?> tick;

	/**
	 * Whether the lease has had its full time. One that was handed over has not, at
	 * first.
	 */
	private boolean lifted;

	private boolean stopped;

	LeaseWatch(HeldLock lock, LockRelease release) {
		this.lock = lock;
		this.release = release;
		this.parts = lock.parts();
		this.grant = lock.grant();
		this.expireNanos = lock.terms().expire().toNanos();
		this.renewed = lock.terms().renewed();
		this.lifted = !this.grant.claimed();
		if (this.renewed || this.grant.claimed()) {
			this.renewAt = this.grant.since() + (this.grant.deadline() - this.grant.since()) / RENEWALS_PER_LEASE;
		}
	}

	synchronized void start() {
		arm();
	}

	/**
	 * Ends the watch: nothing is renewed from now on.
	 */
	synchronized void stop() {
		this.stopped = true;
		if (this.tick != null) {
			this.tick.cancel(false);
		}
	}

	/**
	 * Changes whether the lease is renewed from now on.
	 * @param renewed whether it is
	 */
	synchronized void renewed(boolean renewed) {
		this.renewed = renewed;
		if (this.lifted) {
			this.renewAt = renewed ? this.lock.deadline() - this.expireNanos / RENEWALS_PER_LEASE * 2 : null;
			arm();
		}
	}

	/**
	 * Returns the time that a renewal gives.
	 * @return the lease time
	 */
	synchronized Duration expire() {
		return Duration.ofNanos(this.expireNanos);
	}

	/**
	 * Renews by the calling thread.
	 * @param expire the time from now
	 * @throws io.github.redislocked.LockLostException if the lock was lost
	 * @throws LockStoreException if the store could not be asked
	 */
	void renewNow(Duration expire) {
		long sentAt = this.parts.now();
		boolean interrupted = Thread.interrupted();
		try {
			RenewAnswer answer = send(expire).toCompletableFuture().join();
			synchronized (this) {
				this.expireNanos = Math.max(this.expireNanos, expire.toNanos());
			}
			answered(sentAt, expire, answer);
		}
		catch (CompletionException ex) {
			if (Repeat.unwrap(ex) instanceof LockStoreException failure) {
				throw failure;
			}
			throw ex;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
		if (!this.lock.isHeld()) {
			throw this.lock.lost();
		}
	}

	private void arm() {
		if (this.stopped) {
			return;
		}
		if (this.tick != null) {
			this.tick.cancel(false);
		}
		long next = this.lock.deadline();
		if (this.renewAt != null && this.renewAt - next < 0) {
			next = this.renewAt;
		}
		try {
			this.tick = this.parts.threads()
				.timer()
				.schedule(this::tick, next - this.parts.now(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The engine is closed, and with it the watch; isHeld() still knows the end.
			this.stopped = true;
		}
	}

	private void tick() {
		if (!this.lock.isHeld()) {
			return;
		}
		synchronized (this) {
			if (this.stopped) {
				return;
			}
			try {
				if (this.renewAt != null && this.renewAt - this.parts.now() <= 0) {
					this.renewAt = null;
					this.parts.threads().workers().execute(this::renew);
				}
			}
			finally {
				arm();
			}
		}
	}

	private void renew() {
		long sentAt = this.parts.now();
		long span;
		synchronized (this) {
			if (this.stopped) {
				return;
			}
			span = this.expireNanos;
			if (this.renewed) {
				span = Math.min(span, this.grant.since() + this.parts.maxHold().toNanos() - sentAt);
			}
			if (this.lifted && sentAt + span - this.lock.deadline() < this.expireNanos / LEAST_GAIN) {
				// Renewed for as long as max-hold allows; the lease runs out.
				return;
			}
		}
		Duration expire = Duration.ofNanos(span);
		send(expire).whenComplete((answer, failure) -> {
			if (answer != null) {
				answered(sentAt, expire, answer);
			}
			else {
				failed(failure);
			}
		});
	}

	// A renewal that failed may have been carried out all the same.
	private CompletionStage<RenewAnswer> send(Duration expire) {
		return this.parts.store()
			.renew(this.lock.terms().key(), this.grant.token(), expire)
			.whenComplete((answer, failure) -> this.release.mayLastUntil(this.parts.now() + expire.toNanos()));
	}

	private void answered(long sentAt, Duration expire, RenewAnswer answer) {
		if (answer == RenewAnswer.NOT_OWNED) {
			this.lock.lose(this.parts.now(), "Redis did not know the lease any longer when it was renewed");
			return;
		}
		this.lock.extend(sentAt + Terms.withoutDrift(expire.toNanos()));
		synchronized (this) {
			this.lifted |= expire.toNanos() >= this.expireNanos || this.renewed;
			this.renewAt = (this.renewed || !this.lifted)
					? sentAt + Math.min(expire.toNanos(), this.lock.deadline() - sentAt) / RENEWALS_PER_LEASE : null;
			arm();
		}
	}

	private void failed(Throwable failure) {
		logger.debug("A renewal failed, and is repeated until the lease is over", Repeat.unwrap(failure));
		synchronized (this) {
			long remaining = this.lock.deadline() - this.parts.now();
			this.renewAt = this.parts.now()
					+ Math.max(SHORTEST_RETRY_NANOS, Math.min(LONGEST_RETRY_NANOS, remaining / RENEWALS_PER_LEASE));
			arm();
		}
	}

}
