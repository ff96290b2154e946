/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.redislocked.sample.live.Happening.Kind;

/**
 * A show while it runs: what it tells, and what it waits for.
 */
final class Performance implements Consumer<List<Entry>> {

	// Generous: a machine that is short of time needs long to start a process.
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	// How long the other instances have to send their share of the customers.
	private static final Duration RESPONSE = Duration.ofSeconds(2);

	private final Show show;

	private final Instance instance;

	private final Feed feed;

	private final Customers customers;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition more = this.lock.newCondition();

	private final List<Happening> happened = new ArrayList<>();

	Performance(Show show, Instance instance, Feed feed, Customers customers) {
		this.show = show;
		this.instance = instance;
		this.feed = feed;
		this.customers = customers;
	}

	Show show() {
		return this.show;
	}

	/**
	 * Tells visitors in a sentence what is going on.
	 */
	void say(String text) {
		tell(Kind.SAY, text);
	}

	void tell(Kind kind, String text) {
		this.feed.tell(Happening.of(kind, this.show, this.instance.name(), text));
	}

	/**
	 * Tells what was done to somebody else.
	 */
	void tell(Kind kind, Happening whose) {
		this.feed
			.tell(new Happening(kind, this.show, whose.instance(), whose.lane(), whose.caller(), null, null, null));
	}

	/**
	 * Tells what a caller of this process does.
	 */
	Caller caller(String name) {
		return new Caller(this.feed, this.show, this.instance.name(), name, name);
	}

	/**
	 * Has all instances send customers, each about as many.
	 */
	void call(int number, String name, boolean crowd, Duration payment) throws InterruptedException {
		int instances = this.feed.listeners();
		int share = (number + instances - 1) / instances;
		Call call = new Call(number, share, name, crowd, payment.toMillis());
		this.feed.tell(new Happening(Kind.CALL, this.show, this.instance.name(), null, null, null, call, null));
		pause(RESPONSE);
		// One that listens and yet does not answer is made up for.
		boolean left;
		do {
			left = this.customers.send(this.show, call);
		}
		while (left);
	}

	/**
	 * Waits until so many customers have gone.
	 */
	void awaitGone(int number, String name) throws InterruptedException {
		await((all) -> all.filter((happening) -> happening.kind().last())
			.map(Happening::caller)
			.filter((caller) -> caller != null && caller.startsWith(name + " "))
			.distinct()
			.count() >= number);
	}

	/**
	 * Waits until something has happened.
	 * @param kind what
	 * @param times how often
	 * @return the first of them
	 */
	Happening await(Kind kind, int times) throws InterruptedException {
		await((all) -> all.filter((happening) -> happening.kind() == kind).count() >= times);
		this.lock.lock();
		try {
			return this.happened.stream().filter((happening) -> happening.kind() == kind).findFirst().orElseThrow();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void await(Predicate<Stream<Happening>> condition) throws InterruptedException {
		long nanos = PATIENCE.toNanos();
		this.lock.lock();
		try {
			while (!condition.test(this.happened.stream())) {
				if (nanos <= 0) {
					throw new IllegalStateException("What the show waits for has not happened for " + PATIENCE);
				}
				nanos = this.more.awaitNanos(nanos);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns how many callers were inside at once at most, by what they told: that they
	 * are inside after they were let in, and that they leave before anybody else is.
	 */
	int mostInside() {
		this.lock.lock();
		try {
			Set<String> inside = new HashSet<>();
			int most = 0;
			for (Happening happening : this.happened) {
				String caller = happening.caller() + " of " + happening.instance();
				if (happening.kind() == Kind.ENTER) {
					inside.add(caller);
				}
				else if (happening.kind().last() || happening.kind() == Kind.DONE) {
					inside.remove(caller);
				}
				most = Math.max(most, inside.size());
			}
			return most;
		}
		finally {
			this.lock.unlock();
		}
	}

	void pause(Duration time) throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(time.toMillis());
	}

	/**
	 * Takes what was told.
	 */
	@Override
	public void accept(List<Entry> entries) {
		this.lock.lock();
		try {
			entries.stream()
				.map(Entry::happening)
				.filter((happening) -> happening.show().equals(this.show))
				.forEach(this.happened::add);
			this.more.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
