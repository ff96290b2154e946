/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;

import io.github.redislocked.sample.live.Happening.Kind;

/**
 * A process is killed while it holds the lock.
 */
class KillAct implements Act {

	private static final int CUSTOMERS = 4;

	private static final Duration PAYMENT = Duration.ofMillis(700);

	private final HolderProcesses processes;

	KillAct(HolderProcesses processes) {
		this.processes = processes;
	}

	@Override
	public ShowKind kind() {
		return ShowKind.KILL;
	}

	@Override
	public String perform(Performance performance) throws Exception {
		performance.say("Starting a second process, which is to take the lock.");
		try (HolderProcess holder = this.processes.start(performance.show())) {
			Happening entered = performance.await(Kind.ENTER, 1);
			performance.pause(PAYMENT);
			holder.kill();
			performance.tell(Kind.KILLED, entered);
			performance.say("The process that holds the lock was killed. Nobody can release its lock; "
					+ "the customers wait until the lease is over.");
			performance.call(CUSTOMERS, "customer", false, PAYMENT);
			performance.await(Kind.SOLD, 1);
			performance.say("The lease is over, and the customer who came first has the lock.");
			performance.awaitGone(CUSTOMERS, "customer");
		}
		return "A dead holder costs the others the rest of its lease, and no more. Its sale was never written.";
	}

}
