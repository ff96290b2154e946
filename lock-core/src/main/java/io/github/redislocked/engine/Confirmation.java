/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.ConfirmAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What became of a grant that replicas were to confirm before its caller enters.
 *
 * @param grant what the caller has now, or {@code null} if it is to give the lock back
 * @param refusal why it is to give it back, or {@code null} if the store knew nothing of
 * the grant any longer
 */
record Confirmation(@Nullable Grant grant, @Nullable LockStoreException refusal) {

	private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Also the only attempt of a caller that does not wait, and the last one of any other
	 * caller, have so much time.
	 */
	private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	/**
	 * Asks for a confirmation. It gives the lease its full time, so that one that was
	 * handed over need not be lifted.
	 * @param grant what the caller was granted
	 * @param caller the caller
	 * @param parts what the engine shares
	 * @return what became of it
	 */
	static CompletionStage<Confirmation> of(Grant grant, Acquisition caller, Parts parts) {
		Terms terms = caller.terms();
		long patience = Math.min(Math.max(SHORTEST_NANOS, caller.budget().remaining()), LONGEST_NANOS);
		Duration bound = Duration.ofNanos(Math.min(patience, terms.expire().toNanos() / 2));
		long sentAt = parts.now();
		return caller.commands().confirm(terms.key(), grant.token(), terms.expire(), bound).thenApply((answer) -> {
			if (!answer.isConfirmed()) {
				return new Confirmation(null, answer.owned() ? refusal(terms.key(), answer) : null);
			}
			long until = sentAt + Terms.withoutDrift(terms.expire().toNanos());
			return new Confirmation(grant.confirmed(sentAt, until, grant.tenure().since(parts)), null);
		});
	}

	private static LockStoreException refusal(String key, ConfirmAnswer answer) {
		return new LockStoreException(key,
				("The lock was given back: %d of the %d replicas that redis-lock.replicas.wait asks for have confirmed it. "
						+ "Check that the replicas follow the primary, or ask for fewer")
					.formatted(answer.replicas(), answer.wanted()),
				true, null);
	}

}
