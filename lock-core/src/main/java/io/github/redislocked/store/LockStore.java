/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Speaks one lock protocol to one store. Its own commands are those of callers that
 * block: they are carried out by the calling thread, and their stages are complete. A
 * store that can also wait for answers without a thread offers the same commands once
 * more as {@link #nonBlocking()}.
 *
 * @since 0.1.0
 */
public interface LockStore extends LockCommands, AutoCloseable {

	/**
	 * Renews several leases, of one {@linkplain #lane lane}, in as few round trips as the
	 * store can. Each has an answer or a failure of its own. One by one by default.
	 * @param requests the renewals
	 * @return the answers, in the order of the requests; the stages may complete later,
	 * on any thread, which may be the driver's, and the engine leaves it at once
	 */
	default List<CompletionStage<RenewAnswer>> renewAll(List<RenewRequest> requests) {
		List<CompletionStage<RenewAnswer>> answers = new ArrayList<>(requests.size());
		for (RenewRequest request : requests) {
			answers.add(renew(request.key(), request.token(), request.expire()));
		}
		return answers;
	}

	/**
	 * Tells which leases are renewed together. Must return at once. There is one lane by
	 * default, in which leases are renewed one by one.
	 * @param key what is locked, as the user names it
	 * @return the lane of the key at present
	 */
	default RenewalLane lane(String key) {
		return new RenewalLane("", 1);
	}

	/**
	 * Returns whether grants are to be {@linkplain #confirm confirmed} before anybody
	 * enters. By default they are not.
	 * @return {@code true} if they are, always the same
	 */
	default boolean confirms() {
		return false;
	}

	/**
	 * Returns the commands of this store for callers that do not block: on the same
	 * locks, and with the same effect. Their stages complete later, on any thread, which
	 * may be the driver's; the engine leaves it at once. A command may still hold up the
	 * thread that gives it while a connection is opened, so the engine gives each on a
	 * thread of its own. Asked before each command, and never waits. By default there are
	 * none, and the engine has a bounded number of threads that block instead.
	 * @return the commands, or empty, also as long as it is not known whether the store
	 * has such
	 */
	default Optional<LockCommands> nonBlocking() {
		return Optional.empty();
	}

	/**
	 * Returns what operators ask. By default they cannot.
	 * @return the inspection of this store's locks, or empty if it has none
	 */
	default Optional<LockInspection> inspection() {
		return Optional.empty();
	}

	/**
	 * Sets who receives wake-ups. Called once, before the first command. A store that
	 * sends none ignores it.
	 * @param listener who receives wake-ups
	 */
	void onWakeUp(WakeUpListener listener);

	/**
	 * Gives up what the store holds besides the application's connections. Commands still
	 * work afterwards, wake-ups no longer come.
	 */
	@Override
	void close();

}
