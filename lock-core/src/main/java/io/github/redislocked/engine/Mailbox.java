/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.atomic.AtomicReference;

import io.github.redislocked.store.WakeUp;
import io.github.redislocked.store.WakeUpListener;
import org.jspecify.annotations.Nullable;

/**
 * Where one caller is told what it was handed over; each message ends its pause.
 */
final class Mailbox implements WakeUpListener {

	private final WaitBudget budget;

	private final AtomicReference<@Nullable WakeUp> latest = new AtomicReference<>();

	Mailbox(WaitBudget budget) {
		this.budget = budget;
	}

	@Override
	public void granted(WakeUp wakeUp) {
		this.latest.set(wakeUp);
		this.budget.ring();
	}

	@Override
	public void askAgain() {
		this.budget.ring();
	}

	boolean isEmpty() {
		return this.latest.get() == null;
	}

	/**
	 * Takes the latest message out.
	 * @return the message, or {@code null} if there is none
	 */
	@Nullable WakeUp empty() {
		return this.latest.getAndSet(null);
	}

}
