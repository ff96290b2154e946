/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How a process uses locks.
 */
public enum Profile {

	/**
	 * A few keys that everybody wants, for short leases, many that are seldom wanted
	 * twice, some of them for long ones, and some that only one caller ever wants.
	 */
	MIXED {
		@Override
		Plan next(int caller, SplittableRandom random, boolean disturbed) {
			return isHot(caller, random) ? hot(random, disturbed, 0)
					: isOwn(random) ? own(caller, random, disturbed) : cold(random, disturbed, LONGEST_LEASE);
		}
	},

	/**
	 * The same, but whoever has one of the few keys works for a while.
	 */
	HOLDING {
		@Override
		Plan next(int caller, SplittableRandom random, boolean disturbed) {
			return isHot(caller, random) ? hot(random, disturbed, millis(200))
					: isOwn(random) ? own(caller, random, disturbed) : cold(random, disturbed, LONGEST_LEASE);
		}
	},

	/**
	 * The same, without long leases: for servers that bring back what has been given up.
	 */
	BRIEF {
		@Override
		Plan next(int caller, SplittableRandom random, boolean disturbed) {
			return isHot(caller, random) ? hot(random, disturbed, millis(200))
					: cold(random, disturbed, Duration.ofMillis(1_500));
		}

		@Override
		public Duration longestLease() {
			return Duration.ofSeconds(2);
		}
	},

	/**
	 * A few keys, short strict leases, long waits: for locks with a planted bug.
	 */
	SHORT {
		@Override
		Plan next(int caller, SplittableRandom random, boolean disturbed) {
			return new Plan(random.nextInt(2), Duration.ofSeconds(1), false, Duration.ofSeconds(6),
					millis(5 + random.nextInt(15)), false, 0);
		}
	},

	/**
	 * A few keys, long strict leases, long waits: for locks with a planted bug.
	 */
	LONG {
		@Override
		Plan next(int caller, SplittableRandom random, boolean disturbed) {
			return new Plan(random.nextInt(2), Duration.ofSeconds(15), false, Duration.ofSeconds(6),
					millis(2 + random.nextInt(5)), false, 0);
		}
	};

	/** How many keys everybody wants. */
	public static final int HOT_KEYS = 3;

	/** How many there are beside them. */
	public static final int COLD_KEYS = 200;

	/** How many there are that only one caller wants each. */
	private static final int OWN_KEYS = 700;

	/** The longest lease that any of them asks for. */
	private static final Duration LONGEST_LEASE = Duration.ofSeconds(20);

	/**
	 * Draws what to do next.
	 * @param caller number of the caller, which no other in any process has
	 * @param random the source of chance
	 * @param disturbed whether callers are to give up more often
	 * @return what to do
	 */
	abstract Plan next(int caller, SplittableRandom random, boolean disturbed);

	/**
	 * Returns how long a lock can stay whose holder is gone.
	 * @return the longest lease
	 */
	public Duration longestLease() {
		return LONGEST_LEASE;
	}

	// Some callers have nothing to do with the few keys, so that they are never stuck
	// there.
	private static boolean isHot(int caller, SplittableRandom random) {
		return caller % 2 == 0 && Plan.dice(random) < 85_000;
	}

	private static Plan hot(SplittableRandom random, boolean disturbed, long work) {
		int dice = Plan.dice(random);
		boolean renewed = dice < 30_000;
		Duration expire = Duration.ofMillis(renewed ? 900 : (dice < 65_000) ? 800 : 2_000);
		long hold = (dice % 100 < 88) ? 0
				: (dice % 100 < 97) ? random.nextLong(millis(2)) : random.nextLong(millis(15));
		if (work != 0 && dice % 100 >= 50) {
			hold = random.nextLong(work);
		}
		return new Plan(random.nextInt(HOT_KEYS), expire, renewed, timeout(random, disturbed, 3_000), hold,
				dice % 1000 < 30, cancelAfter(random, disturbed));
	}

	private static boolean isOwn(SplittableRandom random) {
		return random.nextInt(3) == 0;
	}

	// For a long lease, or for one that is renewed a few times. Nobody else is in the
	// way:
	// who waits for long here, waits for itself.
	private static Plan own(int caller, SplittableRandom random, boolean disturbed) {
		boolean renewed = random.nextInt(100) == 0;
		return new Plan(HOT_KEYS + COLD_KEYS + caller % OWN_KEYS, renewed ? Duration.ofMillis(600) : LONGEST_LEASE,
				renewed, Duration.ofSeconds(10), renewed ? millis(900) : 0, false, cancelAfter(random, disturbed));
	}

	private static Plan cold(SplittableRandom random, boolean disturbed, Duration longest) {
		int dice = Plan.dice(random);
		boolean renewed = dice < 40_000;
		Duration expire = (dice % 10 < 5) ? longest : Duration.ofMillis(1_200);
		long hold = (dice % 100 < 98) ? 0 : random.nextLong(millis(3));
		int rare = Plan.dice(random);
		if (rare < 100) {
			hold = random.nextLong(millis(300));
		}
		else if (rare < 115 && expire != longest) {
			// Beyond a strict lease; a renewed one stands it.
			hold = millis(1_600);
		}
		return new Plan(HOT_KEYS + random.nextInt(COLD_KEYS), expire, renewed, timeout(random, disturbed, 500), hold,
				dice % 1000 < 30, cancelAfter(random, disturbed));
	}

	private static Duration timeout(SplittableRandom random, boolean disturbed, long usual) {
		int dice = random.nextInt(100);
		if (dice < 6) {
			return Duration.ZERO;
		}
		if (dice < (disturbed ? 60 : 9)) {
			return Duration.ofMillis(1 + random.nextInt(4));
		}
		return Duration.ofMillis(usual);
	}

	private static long cancelAfter(SplittableRandom random, boolean disturbed) {
		return (random.nextInt(100) < (disturbed ? 50 : 2)) ? 1 + random.nextLong(millis(3)) : 0;
	}

	private static long millis(long millis) {
		return millis * 1_000_000;
	}

}
