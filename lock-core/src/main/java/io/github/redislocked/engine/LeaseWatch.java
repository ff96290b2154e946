/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import org.jspecify.annotations.Nullable;

/**
 * Watches over one lease: renews it when that is due, and notices when it has run out.
 * <p>
 * A lease is renewed at a third of its time. One that was handed over lasts for the claim
 * time only, and is lifted to its full time at a third of the claim time, whether it is
 * renewed later on or not; a holder that is done sooner spares that command. A renewal
 * that failed, or has had no answer for another third, is sent again.
 */
final class LeaseWatch implements DueRenewal {

	private static final int RENEWALS_PER_LEASE = 3;

	// A renewal that gains less than this part of the lease time is not sent.
	private static final int LEAST_GAIN = 50;

	private final Parts parts;

	private final Grant grant;

	private final HeldLock lock;

	private final LockRelease release;

	private final LockNotices notices;

	private final Alarm alarm;

	private long expireNanos;

	private boolean renewed;

	private @Nullable Long renewAt;

	// When the command was sent that the store has confirmed the deadline for.
	private long confirmedAt;

	private final RenewalBackOff backOff = new RenewalBackOff();

	private long renewals;

	private boolean endangered;

	private boolean forgotten;

	private boolean lifted;

	LeaseWatch(HeldLock lock, LockRelease release, LockNotices notices) {
		this.lock = lock;
		this.release = release;
		this.notices = notices;
		this.alarm = new Alarm(lock.parts(), this::tick);
		this.parts = lock.parts();
		this.grant = lock.grant();
		this.expireNanos = lock.terms().expire().toNanos();
		this.renewed = lock.terms().renewed();
		this.lifted = !this.grant.claimed();
		this.confirmedAt = this.grant.since();
		if (this.renewed || this.grant.claimed()) {
			this.renewAt = this.confirmedAt + thirdNanos();
		}
	}

	synchronized void start() {
		arm();
	}

	/**
	 * Ends the watch: nothing is renewed from now on.
	 */
	void stop() {
		this.alarm.off();
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

	synchronized long renewals() {
		return this.renewals;
	}

	/**
	 * Renews now; the lock may turn out to be lost.
	 * @param commands how the store is asked
	 * @param expire the time from now
	 * @return completes when the lock knows
	 */
	CompletionStage<Void> renew(LockCommands commands, Duration expire) {
		long sentAt = this.parts.now();
		return commands.renew(key(), this.grant.token(), expire)
			.whenComplete((answer, failure) -> ended(expire, answer))
			.thenAccept((answer) -> answered(sentAt, expire, answer));
	}

	private void arm() {
		long end = this.lock.deadline();
		this.alarm.set((this.renewAt != null && this.renewAt - end < 0) ? this.renewAt : end);
	}

	private void tick() {
		if (!this.lock.isHeld()) {
			return;
		}
		boolean due;
		boolean danger;
		long remaining;
		synchronized (this) {
			if (this.alarm.isOff()) {
				return;
			}
			long now = this.parts.now();
			due = this.renewAt != null && this.renewAt - now <= 0;
			if (due) {
				this.renewAt = now + thirdNanos();
			}
			remaining = Math.max(0, this.lock.deadline() - now);
			danger = due && !this.endangered && remaining <= thirdNanos();
			this.endangered |= danger;
			arm();
		}
		if (due) {
			this.parts.renewals().submit(this);
		}
		if (danger) {
			this.notices.endangered(remaining);
		}
	}

	@Override
	public String key() {
		return this.lock.terms().key();
	}

	@Override
	public @Nullable RenewRequest request(long sentAt) {
		boolean abandoned = this.lock.isForgotten();
		synchronized (this) {
			if (this.alarm.isOff()) {
				return null;
			}
			if (abandoned) {
				if (!this.forgotten) {
					this.notices.forgotten();
				}
				this.forgotten = true;
				this.endangered = true;
				// A thread that has the lease may yet take it over, until it runs out.
				failed();
				return null;
			}
			long span = this.expireNanos;
			if (this.renewed) {
				span = Math.min(span, this.grant.since() + this.parts.settings().maxHold().toNanos() - sentAt);
			}
			if (this.lifted && sentAt + span - this.lock.deadline() < this.expireNanos / LEAST_GAIN) {
				if (span < this.expireNanos) {
					// Renewed for as long as max-hold allows; the lease runs out.
					this.renewAt = null;
				}
				return null;
			}
			return new RenewRequest(key(), this.grant.token(), Duration.ofNanos(span));
		}
	}

	@Override
	public void done(long sentAt, RenewRequest request, @Nullable RenewAnswer answer, @Nullable Throwable failure) {
		ended(request.expire(), answer);
		if (answer != null) {
			answered(sentAt, request.expire(), answer);
		}
		else {
			failed();
		}
	}

	private void ended(Duration expire, @Nullable RenewAnswer answer) {
		// A failed one may have been carried out. An answer after the end says nothing.
		this.release.mayLastUntil(this.parts.now() + expire.toNanos());
		if (answer == null || !this.alarm.isOff()) {
			this.notices.renewed(answer);
		}
	}

	private void answered(long sentAt, Duration expire, RenewAnswer answer) {
		if (answer == RenewAnswer.NOT_OWNED) {
			this.lock.lose(this.parts.now(), Loss.AT_RENEWAL);
			return;
		}
		long until = sentAt + Terms.withoutDrift(expire.toNanos());
		this.lock.extend(until);
		synchronized (this) {
			this.expireNanos = Math.max(this.expireNanos, expire.toNanos());
			this.lifted |= expire.toNanos() >= this.expireNanos || this.renewed;
			this.renewals++;
			this.backOff.reset();
			if (until - this.lock.deadline() >= 0) {
				this.confirmedAt = sentAt;
				this.renewAt = (this.renewed || !this.lifted) ? sentAt + thirdNanos() : null;
				arm();
			}
		}
	}

	@Override
	public synchronized void failed() {
		if (this.renewAt != null) {
			long now = this.parts.now();
			this.renewAt = now + this.backOff.next(this.lock.deadline() - now);
			arm();
		}
	}

	private long thirdNanos() {
		return (this.lock.deadline() - this.confirmedAt) / RENEWALS_PER_LEASE;
	}

}
