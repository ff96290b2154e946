/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.WakeUp;
import io.github.redislocked.store.WakeUpListener;
import org.jspecify.annotations.Nullable;

/**
 * The owner tokens of this process that are in use, waiting or held. A wake-up for any
 * other token is for a caller that has gone: what it grants is given back at once.
 */
final class ActiveTokens implements WakeUpListener {

	private static final WakeUpListener HELD = new WakeUpListener() {

		@Override
		public void granted(WakeUp wakeUp) {
			// Its holder asked again before the message came, and is inside already.
		}

		@Override
		public void askAgain() {
		}

	};

	private final ConcurrentHashMap<OwnerToken, WakeUpListener> users = new ConcurrentHashMap<>();

	private final Consumer<WakeUp> giveBack;

	/**
	 * Creates the register.
	 * @param giveBack gives back what a wake-up granted to a token that is not in use;
	 * must return at once
	 */
	ActiveTokens(Consumer<WakeUp> giveBack) {
		this.giveBack = giveBack;
	}

	void waiting(OwnerToken token, WakeUpListener waiter) {
		this.users.put(token, waiter);
	}

	/**
	 * Makes an owner token for somebody who waits.
	 * @param tokens where it is made
	 * @param waiter who waits
	 * @return the token
	 */
	OwnerToken next(OwnerTokens tokens, WakeUpListener waiter) {
		OwnerToken token = tokens.next();
		waiting(token, waiter);
		return token;
	}

	void held(OwnerToken token) {
		this.users.put(token, HELD);
	}

	void closed(OwnerToken token) {
		this.users.remove(token);
	}

	@Override
	public void granted(WakeUp wakeUp) {
		@Nullable WakeUpListener user = this.users.get(wakeUp.token());
		if (user != null) {
			user.granted(wakeUp);
		}
		else {
			this.giveBack.accept(wakeUp);
		}
	}

	@Override
	public void askAgain() {
		this.users.values().forEach(WakeUpListener::askAgain);
	}

}
