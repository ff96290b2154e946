/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.sample.demo.Contest;
import io.github.redislocked.sample.demo.Contest.Spectator;
import io.github.redislocked.sample.live.Happening.Kind;

/**
 * The contest of the command line, shown on the page.
 */
class ContestAct implements Act {

	private static final Duration LENGTH = Duration.ofSeconds(12);

	private final LockTemplate locks;

	private final Entrance entrance;

	ContestAct(LockTemplate locks, Entrance entrance) {
		this.locks = locks;
		this.entrance = entrance;
	}

	@Override
	public ShowKind kind() {
		return ShowKind.CONTEST;
	}

	@Override
	public String perform(Performance performance) throws InterruptedException {
		performance.say("Four contenders try for one lock whenever a second begins. "
				+ "Who has it works for 2 s; who has waited for 3 s gives up, and tries again.");
		Told told = new Told(performance, this.entrance);
		new Contest(this.locks, told, LENGTH).run();
		int won = told.won.get();
		if (won > 0) {
			// What was told last may not have been read yet.
			performance.await(Kind.DONE, won);
		}
		return sentence(won, performance.mostInside(), told.gaveUp.get());
	}

	static String sentence(int won, int mostInside, int gaveUp) {
		String inside = (mostInside > 1) ? "up to %d contenders".formatted(mostInside) : "one contender";
		return "The lock was had %d times, by %s at a time; %d times somebody gave up after 3 s.".formatted(won, inside,
				gaveUp);
	}

	private static final class Told implements Spectator {

		private final Performance performance;

		private final Entrance entrance;

		private final Map<Integer, Caller> callers = new ConcurrentHashMap<>();

		private final AtomicInteger won = new AtomicInteger();

		private final AtomicInteger gaveUp = new AtomicInteger();

		Told(Performance performance, Entrance entrance) {
			this.performance = performance;
			this.entrance = entrance;
		}

		private Caller caller(int contender) {
			return this.callers.computeIfAbsent(contender, (number) -> this.performance.caller("contender " + number));
		}

		@Override
		public void tries(int contender) {
			caller(contender).tell(Kind.WAIT);
		}

		@Override
		public void won(int contender, Lease lease, Duration waited) {
			this.won.incrementAndGet();
			this.entrance.enter(caller(contender), lease);
		}

		@Override
		public void isDone(int contender) {
			this.entrance.leave(caller(contender), Kind.DONE);
		}

		@Override
		public void gaveUp(int contender, Duration waited) {
			this.gaveUp.incrementAndGet();
			caller(contender).tell(Kind.TIMED_OUT);
		}

	}

}
