/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;

import io.github.redislocked.LeaseEndangered;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LeaseReleased;
import io.github.redislocked.LeaseRenewed;
import io.github.redislocked.LockForceReleased;
import io.github.redislocked.LockObserver.RenewalOutcome;
import io.github.redislocked.LoggedText;
import io.github.redislocked.ReleaseFailed;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.RenewAnswer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells the operators what becomes of a lock that was acquired. Nothing else in the
 * engine does, and so each has its event here. What was before is told by
 * {@link WatchedCall}.
 */
final class LockNotices {

	private static final Log logger = LogFactory.getLog(LockNotices.class);

	private final Parts parts;

	private final Terms terms;

	private final Grant grant;

	private final @Nullable WatchedHold hold;

	private boolean longHoldTold;

	/**
	 * Begins with a lock.
	 * @param parts what the engine shares
	 * @param terms what was asked for
	 * @param grant the acquisition
	 * @param hold the lock for those who watch, or {@code null} if nobody does
	 */
	LockNotices(Parts parts, Terms terms, Grant grant, @Nullable WatchedHold hold) {
		this.parts = parts;
		this.terms = terms;
		this.grant = grant;
		this.hold = hold;
	}

	/**
	 * The holder has given the lock up; the store is yet to be told.
	 */
	void released() {
		WatchedHold ended = this.hold;
		if (ended == null) {
			return;
		}
		ended.released();
		if (this.parts.events().wants(LeaseReleased.class)) {
			Duration held = ended.lasted();
			this.parts.events()
				.publish(() -> new LeaseReleased(this.terms.key(), this.terms.name(), token(),
						this.grant.fencingToken(), held));
		}
		if (logger.isDebugEnabled()) {
			logger.debug("%s is given back after %d ms".formatted(subject(), ended.lasted().toMillis()));
			detail();
		}
	}

	/**
	 * A renewal was answered, or has failed.
	 * @param answer the answer, or {@code null} if it has failed
	 */
	void renewed(@Nullable RenewAnswer answer) {
		if (this.hold != null) {
			this.hold.renewed(outcome(answer));
		}
		if (answer == RenewAnswer.RENEWED && !this.parts.longHold().isZero()) {
			Duration held = Duration.ofNanos(this.parts.now() - this.grant.since());
			if (held.compareTo(this.parts.longHold()) >= 0 && isFirstLongHold()) {
				heldLong(held);
			}
		}
	}

	private void heldLong(Duration held) {
		this.parts.events()
			.publish(() -> new LeaseRenewed(this.terms.key(), this.terms.name(), token(), this.grant.fencingToken(),
					held));
		if (logger.isDebugEnabled()) {
			logger.debug("%s has been held for %d s, and is renewed still".formatted(subject(), held.toSeconds()));
			detail();
		}
	}

	private static RenewalOutcome outcome(@Nullable RenewAnswer answer) {
		if (answer == null) {
			return RenewalOutcome.FAILED;
		}
		return (answer == RenewAnswer.RENEWED) ? RenewalOutcome.RENEWED : RenewalOutcome.LOST;
	}

	private synchronized boolean isFirstLongHold() {
		boolean first = !this.longHoldTold;
		this.longHoldTold = true;
		return first;
	}

	/**
	 * The lock is lost, and its holder is told.
	 * @param loss when and how
	 */
	void lost(Loss loss) {
		warnOf(loss);
		publish(loss, LeaseLost.Noticed.WHILE_HELD);
	}

	/**
	 * The lock was lost before it was released, as the release has found out. Who
	 * releases it is told, and has to say what that means.
	 * @param loss when and how
	 */
	void lostAtRelease(Loss loss) {
		warnOf(loss);
		publish(loss, LeaseLost.Noticed.BY_RELEASE);
	}

	/**
	 * The lock was lost while its holder worked, which nobody noticed before the holder
	 * had gone.
	 */
	void lostUnnoticed() {
		Loss loss = new Loss(this.parts.now(), Loss.AT_RELEASE);
		logger.error(subject() + " was lost before it was released, as the repeated release has found out: "
				+ "what was done under it may not have been exclusive. Its holder was not told. " + loss.remedy());
		detail();
		publish(loss, LeaseLost.Noticed.BY_REPEATED_RELEASE);
	}

	/**
	 * The release came too late to learn whether the lock was held to the end.
	 * @param warned whether {@link Closings} has warned of that release
	 */
	void ranOutUnreleased(boolean warned) {
		String message = subject()
				+ " was not given back in time: its lease had run out meanwhile when the repeated release was answered. "
				+ "Whether what was done under it was exclusive to the end cannot be told any more: check what it has changed";
		if (warned) {
			logger.debug(message);
		}
		else {
			warn(message);
		}
		releaseFailed(0);
	}

	/**
	 * The release could not be told, which {@link Closings} logs.
	 * @param remainingNanos how long the store may keep the lock, zero if it is over
	 */
	void releaseFailed(long remainingNanos) {
		this.parts.events()
			.publish(() -> new ReleaseFailed(this.terms.key(), this.terms.name(), token(), this.grant.fencingToken(),
					Duration.ofNanos(remainingNanos)));
	}

	/**
	 * An operator has taken a lock away, here or elsewhere.
	 * @param parts what the engine shares
	 * @param key which lock
	 * @param token the owner token that has lost it
	 */
	static void forceReleased(Parts parts, String key, OwnerToken token) {
		logger.warn("An operator has taken a lock away, number %d of instance '%s', whose holder may still be working"
			.formatted(token.sequence(), LoggedText.of(token.label())));
		if (logger.isDebugEnabled()) {
			logger.debug("That was lock '%s'".formatted(LoggedText.of(key)));
		}
		parts.events().publish(() -> new LockForceReleased(key, token.toString()));
	}

	/**
	 * The lock may be lost soon. Told once per acquisition.
	 * @param remainingNanos how long the lease still lasts
	 */
	void endangered(long remainingNanos) {
		warn(subject() + " may be lost soon: it could not be renewed for two thirds of its lease. "
				+ "It is lost when the rest has passed, too: look whether Redis can be reached, and answers in time");
		this.parts.events()
			.publish(() -> new LeaseEndangered(this.terms.key(), this.terms.name(), token(), this.grant.fencingToken(),
					Duration.ofNanos(remainingNanos)));
	}

	/**
	 * The lock is left to run out. Told once per acquisition.
	 */
	void forgotten() {
		warn(subject()
				+ " was not closed, and its holder is gone: the threads that held it have ended, or nobody can reach it"
				+ " any more. It is not renewed any longer, unless a thread takes it over");
	}

	private void publish(Loss loss, LeaseLost.Noticed noticed) {
		if (this.hold != null) {
			this.hold.lost(noticed);
		}
		this.parts.events()
			.publish(() -> new LeaseLost(this.terms.key(), this.terms.name(), token(), this.grant.fencingToken(),
					loss.ago(this.parts.now()), loss.reason(), noticed));
	}

	private void warnOf(Loss loss) {
		warn(subject() + " was lost: " + loss.reason()
				+ ". What its holder does from then on may not be exclusive: check it. " + loss.remedy());
	}

	private String subject() {
		String name = this.terms.name();
		return (name != null) ? "A lock of " + LoggedText.of(name) : "A lock";
	}

	private String token() {
		return this.grant.token().toString();
	}

	private void warn(String message) {
		logger.warn(message);
		detail();
	}

	// Keys may hold personal data. Owner tokens are a right to release, and stay out of
	// it.
	private void detail() {
		if (logger.isDebugEnabled()) {
			logger.debug("That was lock '%s' with fencing token %d".formatted(LoggedText.of(this.terms.key()),
					this.grant.fencingToken()));
		}
	}

}
