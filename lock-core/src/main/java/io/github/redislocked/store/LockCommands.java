/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The commands of one lock protocol. The contract, which the engine relies on:
 * <ul>
 * <li>Each command is atomic, and is guarded by the owner token: nobody but the owner
 * releases or renews.</li>
 * <li>Each command may be repeated, or arrive late, with the effect of once. A token that
 * has been released or cancelled never owns the lock again.</li>
 * <li>The caller sees to it that a process has at most one token per key that is not
 * closed, and that the sequence numbers it uses on a key grow.</li>
 * <li>A lease ends by the store's clock, and everything written for a lock vanishes by
 * itself.</li>
 * <li>Failures arrive through the stage, as a
 * {@link io.github.redislocked.LockStoreException} that says whether it can pass. What a
 * failed command did is unknown. Every stage completes.</li>
 * </ul>
 *
 * @since 0.1.0
 */
public interface LockCommands {

	/**
	 * Takes the lock if it is free, and answers again as before if the token owns it;
	 * otherwise queues the token, if the request waits and the protocol knows a queue. A
	 * token whose request does not wait, and is answered "held", needs no cancel. A lock
	 * that is owned already is lifted to the full lease time asked for, never shortened.
	 * @param request who asks for what
	 * @return the answer
	 */
	CompletionStage<AcquireAnswer> acquire(AcquireRequest request);

	/**
	 * Makes the lease last at least the given time from now, as a {@linkplain #renew
	 * renewal} does, and waits until as many replicas have the lock as the store was
	 * told. Given after a grant, however the token came by it, and only to a store that
	 * {@linkplain LockStore#confirms() confirms}; by default there is no such thing.
	 * @param key what is locked, as the user names it
	 * @param token the owner token
	 * @param expire the time from now
	 * @param patience how long to wait for the replicas
	 * @return the answer
	 */
	default CompletionStage<ConfirmAnswer> confirm(String key, OwnerToken token, Duration expire, Duration patience) {
		return CompletableFuture.failedFuture(new UnsupportedOperationException("This store confirms no grants"));
	}

	/**
	 * Makes the lease last at least the given time from now, never shorter than before.
	 * @param key what is locked, as the user names it
	 * @param token the owner token
	 * @param expire the time from now
	 * @return the answer
	 */
	CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire);

	/**
	 * Gives the lock up, to the next waiter if there is one, and closes the token.
	 * @param key what is locked, as the user names it
	 * @param token the owner token
	 * @return the answer
	 */
	CompletionStage<ReleaseAnswer> release(String key, OwnerToken token);

	/**
	 * Gives the lock up under one token and asks for it under the next one of the same
	 * process: as a {@linkplain #release release} and an {@linkplain #acquire acquire},
	 * and by default in two steps.
	 * @param former the owner token that gives it up; it is closed then
	 * @param request who asks for it; of a token with a higher sequence number
	 * @param ahead whether the lock, if the former token still has it, goes to the new
	 * one although others wait; a store without a queue ignores it
	 * @return the answer
	 */
	default CompletionStage<YieldAnswer> yield(OwnerToken former, AcquireRequest request, boolean ahead) {
		return release(request.key(), former).thenCompose(
				(released) -> acquire(request).handle((acquired, failure) -> new YieldAnswer(released, acquired)));
	}

	/**
	 * Gives up whatever the token has, a place in the queue or the lock, and closes the
	 * token.
	 * @param key what is locked, as the user names it
	 * @param token the owner token
	 * @return the answer
	 */
	CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token);

}
