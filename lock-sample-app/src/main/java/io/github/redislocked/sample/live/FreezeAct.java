/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;

import io.github.redislocked.sample.live.Happening.Kind;

/**
 * A process is frozen while it holds the lock, until the lease is over and others have
 * bought. Then it goes on as if nothing had happened.
 */
class FreezeAct implements Act {

	private static final int CUSTOMERS = 4;

	private static final Duration PAYMENT = Duration.ofMillis(700);

	private final HolderProcesses processes;

	FreezeAct(HolderProcesses processes) {
		this.processes = processes;
	}

	@Override
	public ShowKind kind() {
		return ShowKind.FREEZE;
	}

	@Override
	public String perform(Performance performance) throws Exception {
		performance.say("Starting a second process, which is to take the lock and read the stock.");
		try (HolderProcess holder = this.processes.start(performance.show())) {
			Happening entered = performance.await(Kind.ENTER, 1);
			// By then it has read the stock.
			performance.pause(PAYMENT);
			holder.freeze();
			performance.tell(Kind.FROZEN, entered);
			performance.say("The process that holds the lock was stopped by SIGSTOP, in the middle of its sale. "
					+ "Its lease goes on, and nobody can renew it.");
			performance.call(CUSTOMERS, "customer", false, PAYMENT);
			performance.await(Kind.SOLD, 1);
			performance
				.say("The lease is over, so Redis gave the lock to the next customer, with a greater fencing token. "
						+ "The frozen process knows nothing of it.");
			performance.await(Kind.SOLD, 2);
			holder.thaw();
			performance.tell(Kind.THAWED, entered);
			performance.say("The process goes on, and writes the stock that it computed long ago.");
			performance.await(Kind.REFUSED, 1);
			performance.await(Kind.LOST, 1);
			performance.awaitGone(CUSTOMERS, "customer");
		}
		return "The stale write was refused by its smaller fencing token, and the process was told that its lock is lost. "
				+ "No sale was overwritten.";
	}

}
