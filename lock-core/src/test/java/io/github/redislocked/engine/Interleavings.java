/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Runs a few actors in every order in which their steps can follow each other, up to a
 * number of switches away from an actor that could have gone on. Each actor is a thread;
 * only one of them moves at a time, and says itself where others may come in between.
 */
final class Interleavings {

	private final int mostPreemptions;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private List<Choice> choices = new ArrayList<>();

	private int depth;

	private int preemptions;

	private int current;

	private List<BooleanSupplier> conditions = List.of();

	private List<Semaphore> batons = List.of();

	private @Nullable Throwable failure;

	Interleavings(int mostPreemptions) {
		this.mostPreemptions = mostPreemptions;
	}

	/**
	 * Explores.
	 * @param scenario makes the actors anew for each order, and what is checked after it
	 * @return how many orders there were
	 */
	int explore(Function<Interleavings, Scenario> scenario) {
		int runs = 0;
		try {
			do {
				run(scenario.apply(this));
				runs++;
			}
			while (advance());
		}
		finally {
			this.threads.shutdownNow();
		}
		return runs;
	}

	/** A place where other actors may come in between. */
	void point() {
		await(() -> true);
	}

	/** A place where the actor goes on only when something holds. */
	void await(BooleanSupplier condition) {
		int self = this.current;
		this.conditions.set(self, condition);
		next(self);
		this.batons.get(self).acquireUninterruptibly();
		if (this.failure != null) {
			throw new Abandoned();
		}
	}

	/** The actor that moves. */
	int current() {
		return this.current;
	}

	private void run(Scenario scenario) {
		int count = scenario.actors().size();
		this.depth = 0;
		this.preemptions = 0;
		this.failure = null;
		this.conditions = new ArrayList<>();
		this.batons = new ArrayList<>();
		List<Future<?>> ends = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			this.conditions.add(() -> true);
			this.batons.add(new Semaphore(0));
		}
		for (int i = 0; i < count; i++) {
			int self = i;
			ends.add(this.threads.submit(() -> act(self, scenario.actors().get(self))));
		}
		next(-1);
		try {
			for (Future<?> end : ends) {
				end.get(30, TimeUnit.SECONDS);
			}
			if (this.failure == null) {
				scenario.check().run();
			}
		}
		catch (Exception | AssertionError ex) {
			this.failure = ex;
		}
		if (this.failure != null) {
			throw new AssertionError("In the order " + order(), this.failure);
		}
	}

	private void act(int self, Runnable actor) {
		this.batons.get(self).acquireUninterruptibly();
		try {
			if (this.failure == null) {
				actor.run();
			}
		}
		catch (Abandoned ex) {
			// Another actor has failed.
		}
		catch (RuntimeException | AssertionError ex) {
			this.failure = ex;
		}
		this.conditions.set(self, () -> false);
		this.batons.set(self, new Semaphore(0));
		next(-1);
	}

	private void next(int self) {
		List<Integer> enabled = new ArrayList<>();
		if (self >= 0 && this.conditions.get(self).getAsBoolean()) {
			enabled.add(self);
		}
		boolean mayGoOn = !enabled.isEmpty();
		for (int i = 0; i < this.conditions.size(); i++) {
			if (i != self && this.conditions.get(i).getAsBoolean()) {
				enabled.add(i);
			}
		}
		if (this.failure == null && enabled.isEmpty() && this.batons.stream().anyMatch(Semaphore::hasQueuedThreads)) {
			this.failure = new AssertionError("Somebody waits for ever");
		}
		if (this.failure != null) {
			this.batons.forEach(Semaphore::release);
			return;
		}
		if (!enabled.isEmpty()) {
			this.current = choose(enabled, mayGoOn);
			this.batons.get(this.current).release();
		}
	}

	private int choose(List<Integer> enabled, boolean mayGoOn) {
		if (this.depth == this.choices.size()) {
			boolean fixed = mayGoOn && this.preemptions >= this.mostPreemptions;
			this.choices.add(new Choice(fixed ? enabled.subList(0, 1) : enabled, 0));
		}
		Choice choice = this.choices.get(this.depth++);
		if (mayGoOn && choice.taken() > 0) {
			this.preemptions++;
		}
		return choice.enabled().get(choice.taken());
	}

	private boolean advance() {
		this.choices = new ArrayList<>(this.choices.subList(0, this.depth));
		while (!this.choices.isEmpty()) {
			Choice last = this.choices.remove(this.choices.size() - 1);
			if (last.taken() + 1 < last.enabled().size()) {
				this.choices.add(new Choice(last.enabled(), last.taken() + 1));
				return true;
			}
		}
		return false;
	}

	private List<Integer> order() {
		return this.choices.subList(0, this.depth).stream().map((c) -> c.enabled().get(c.taken())).toList();
	}

	/**
	 * Actors on fresh objects.
	 *
	 * @param actors what each of them does
	 * @param check what must hold after all
	 */
	record Scenario(List<Runnable> actors, Runnable check) {

	}

	private record Choice(List<Integer> enabled, int taken) {

	}

	/** Ends an actor of a run that has failed. */
	private static final class Abandoned extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
