/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.benchmarks.candidate.Candidate;
import io.github.redislocked.benchmarks.candidate.Hold;
import io.github.redislocked.benchmarks.contention.Tally.Count;

/**
 * One thread of a run.
 */
final class Contestant implements Runnable {

	private final Tally tally = new Tally();

	private final Candidate candidate;

	private final Slots slots;

	private final KeyChoice choice;

	private final ChildPlan plan;

	private final Window window;

	private final long who;

	Contestant(Candidate candidate, Slots slots, KeyChoice choice, ChildPlan plan, Window window, int thread) {
		this.candidate = candidate;
		this.slots = slots;
		this.choice = choice;
		this.plan = plan;
		this.window = window;
		this.who = (long) plan.process() * plan.workload().threads() + thread;
	}

	@Override
	public void run() {
		while (!this.window.isOver()) {
			try {
				takeTurn(this.choice.next(ThreadLocalRandom.current()));
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (RuntimeException ex) {
				if (this.tally.get(Count.FAILED) == 0) {
					System.err.println(this.plan.type() + ": " + ex);
				}
				this.tally.count(Count.FAILED);
			}
		}
	}

	Tally tally() {
		return this.tally;
	}

	private void takeTurn(int key) throws InterruptedException {
		long asked = System.nanoTime();
		Hold hold = this.candidate.acquire(nameOf(key));
		long had = System.nanoTime();
		if (this.window.contains(asked)) {
			this.tally.waited(had - asked);
		}
		if (hold == null) {
			if (this.window.contains(asked)) {
				this.tally.count(Count.TIMED_OUT);
			}
			return;
		}
		try {
			if (this.window.contains(had)) {
				this.tally.count(Count.ACQUIRED);
			}
			work(key, asked, had);
		}
		finally {
			hold.close();
		}
	}

	private void work(int key, long asked, long had) {
		boolean alone = this.slots.enter(key, this.who);
		long leftAt = this.slots.leftAt(key);
		boolean fromElsewhere = this.slots.leftBy(key) != this.plan.process() && leftAt != 0;
		if (alone && fromElsewhere && leftAt - asked > 0 && this.window.contains(had)) {
			this.tally.handedOff(Math.max(0, had - leftAt));
		}
		long nanos = this.plan.workload().work().toNanos();
		if (nanos > 0) {
			LockSupport.parkNanos(nanos);
		}
		boolean stillAlone = alone && this.slots.leave(key, this.who, this.plan.process());
		if (!stillAlone) {
			this.tally.count(Count.OVERLAPPED);
		}
	}

	static String nameOf(int key) {
		return "key-" + key;
	}

}
