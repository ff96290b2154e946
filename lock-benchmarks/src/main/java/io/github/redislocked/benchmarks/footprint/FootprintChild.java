/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.benchmarks.candidate.AsyncCandidate;
import io.github.redislocked.benchmarks.candidate.Candidate;
import io.github.redislocked.benchmarks.candidate.Hold;
import io.github.redislocked.benchmarks.footprint.FootprintPlan.State;

/**
 * The measured process. It says what it uses at rest, is told to go on, takes or awaits
 * the locks, says {@code done}, is told to measure, says what it uses now, and ends with
 * its input.
 */
public final class FootprintChild {

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

	private static final int WARM_UP = 200;

	private static final int STACK_BYTES = 256 * 1024;

	private FootprintChild() {
	}

	/**
	 * Runs the process.
	 * @param arguments a {@link FootprintPlan}
	 * @throws IOException if the parent has gone
	 * @throws InterruptedException never
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		FootprintPlan plan = FootprintPlan.of(arguments);
		BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		Candidate candidate = plan.type().open(plan.port());
		for (int i = 0; i < WARM_UP; i++) {
			hold(candidate, "warm-up").close();
		}
		System.out.println(Usage.now());
		parent.readLine();
		List<Object> kept = (plan.state() == State.HELD) ? take(candidate, plan) : await(candidate, plan);
		System.out.println("done");
		parent.readLine();
		System.out.println(Usage.now());
		parent.readLine();
		// With all its locks and waiters; Redis is emptied by the parent.
		Runtime.getRuntime().halt(kept.isEmpty() ? 1 : 0);
	}

	private static List<Object> take(Candidate candidate, FootprintPlan plan) throws InterruptedException {
		List<Object> holds = new ArrayList<>(plan.locks());
		for (int i = 0; i < plan.locks(); i++) {
			holds.add(hold(candidate, plan.key(i)));
		}
		return holds;
	}

	private static List<Object> await(Candidate candidate, FootprintPlan plan) {
		List<Object> waiters = new ArrayList<>(plan.locks());
		for (int i = 0; i < plan.locks(); i++) {
			String key = plan.key(i);
			waiters.add((candidate instanceof AsyncCandidate async) ? async.acquireAsync(key, LONGEST_WAIT)
					: thread(candidate, key));
		}
		return waiters;
	}

	private static Thread thread(Candidate candidate, String key) {
		Thread thread = new Thread(null, () -> {
			try {
				candidate.acquire(key);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "waiter", STACK_BYTES);
		thread.start();
		return thread;
	}

	private static Hold hold(Candidate candidate, String key) throws InterruptedException {
		Hold hold = candidate.acquire(key);
		if (hold == null) {
			throw new IllegalStateException("A free lock could not be had");
		}
		return hold;
	}

}
