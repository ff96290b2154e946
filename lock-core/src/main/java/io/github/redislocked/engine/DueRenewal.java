/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import org.jspecify.annotations.Nullable;

/**
 * A lease whose renewal is due.
 */
interface DueRenewal {

	/**
	 * Returns what is locked.
	 * @return the key, as the user names it
	 */
	String key();

	/**
	 * Called when its turn has come.
	 * @param sentAt the monotonic clock, before anything is sent
	 * @return what to send, or {@code null} if nothing is to be renewed any longer
	 */
	@Nullable RenewRequest request(long sentAt);

	/**
	 * Called with the answer, or else with the failure.
	 * @param sentAt when the request was made
	 * @param request the request
	 * @param answer the answer, or {@code null} if it failed
	 * @param failure the failure, or {@code null} if it was answered
	 */
	void done(long sentAt, RenewRequest request, @Nullable RenewAnswer answer, @Nullable Throwable failure);

	/**
	 * Called when it could not be sent, for a reason that nobody has foreseen; neither of
	 * the others need have been called.
	 */
	void failed();

}
