/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.redislocked.benchmarks.candidate.Candidate;
import io.github.redislocked.benchmarks.candidate.Hold;

/**
 * One process of a run. It says {@code ready}, is told the measured window, runs until
 * that is over, says what it has seen, and ends with its input.
 */
public final class ContentionChild {

	private ContentionChild() {
	}

	/**
	 * Runs the process.
	 * @param arguments a {@link ChildPlan}
	 * @throws IOException if the parent has gone
	 * @throws InterruptedException never
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		ChildPlan plan = ChildPlan.of(arguments);
		BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		try (Candidate candidate = plan.type().open(plan.port());
				Slots slots = Slots.open(plan.slots(), plan.workload().keys())) {
			connect(candidate, "warm-up-" + plan.process());
			System.out.println("ready");
			Window window = Window.of(parent.readLine());
			System.out.println(run(plan, candidate, slots, window));
			parent.readLine();
		}
		// Some drivers leave threads behind that keep a process alive.
		System.exit(0);
	}

	static void connect(Candidate candidate, String ownKey) throws InterruptedException {
		Hold hold = candidate.acquire(ownKey);
		if (hold == null) {
			throw new IllegalStateException("A free lock could not be had");
		}
		hold.close();
	}

	static Tally run(ChildPlan plan, Candidate candidate, Slots slots, Window window) throws InterruptedException {
		KeyChoice choice = new KeyChoice(plan.workload().keys(), plan.workload().skew());
		List<Contestant> contestants = IntStream.range(0, plan.workload().threads())
			.mapToObj((thread) -> new Contestant(candidate, slots, choice, plan, window, thread))
			.toList();
		List<Thread> threads = new ArrayList<>();
		for (Contestant contestant : contestants) {
			Thread thread = new Thread(contestant, "contestant");
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		Tally all = new Tally();
		contestants.forEach((contestant) -> all.add(contestant.tally()));
		return all;
	}

}
