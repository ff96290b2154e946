/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * C8: a search for an order, as Wing and Gong do it, over short windows of the leases of
 * one key. Each lease was taken at one moment between question and answer, and ended at
 * one moment, not before its holder stopped relying on it; a lock can be taken when
 * nobody has it, with a greater fencing token than before. Knows nothing of the other
 * checkers, and so tells whether they overlook something. A history stays linearizable if
 * leases are left out, so any window may be looked at.
 */
final class LinearizabilityChecker implements Checker {

	/** How many leases a window has: they are bits of an integer. */
	private static final int LEASES = 30;

	/** How many windows of a key are looked at. */
	private static final int WINDOWS = 60;

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		history.grantsByKey(Comparator.comparingLong(Operation::answeredAt)).forEach((key, all) -> {
			// Of no use is a lease that was over before its caller ran again.
			List<Operation> grants = all.stream().filter((lease) -> lease.reliedUntil() > lease.answeredAt()).toList();
			int step = Math.max(LEASES / 2, grants.size() / WINDOWS);
			for (int from = 0; from < grants.size(); from += step) {
				Window window = new Window(grants.subList(from, Math.min(grants.size(), from + LEASES)));
				Operation stuck = window.stuckAt();
				if (stuck != null) {
					violations.add(new Violation(Check.LINEARIZABLE, History.keyOf(key), stuck.answeredAt(),
							"no order explains what holders saw, from here at the latest: " + stuck));
				}
			}
		});
		return violations;
	}

	/** Some leases of one key. */
	private static final class Window {

		/** The order that is tried first. */
		private final List<Operation> leases;

		/** States that lead nowhere. */
		private final Set<State> seen = new HashSet<>();

		private int most = -1;

		private @Nullable Operation stuck;

		Window(List<Operation> leases) {
			this.leases = leases.stream().sorted(Comparator.comparingLong(Operation::fence)).toList();
		}

		/**
		 * The first answer that does not fit, in the order that goes furthest; or null.
		 */
		@Nullable Operation stuckAt() {
			return search(new State(0, -1, Long.MIN_VALUE)) ? null : this.stuck;
		}

		private boolean search(State state) {
			Operation next = firstAnswered(state);
			if (next == null) {
				return true;
			}
			if (!this.seen.add(state)) {
				return false;
			}
			if (Integer.bitCount(state.taken()) > this.most) {
				this.most = Integer.bitCount(state.taken());
				this.stuck = next;
			}
			// Nothing comes now that cannot have come before that answer.
			long latest = next.answeredAt();
			if (state.holder() >= 0) {
				return this.leases.get(state.holder()).reliedUntil() <= latest && search(state.free());
			}
			for (int i = 0; i < this.leases.size(); i++) {
				Operation lease = this.leases.get(i);
				if (!state.hasTaken(i) && lease.invokedAt() <= latest && lease.fence() > state.fence()
						&& search(state.taken(i, lease.fence()))) {
					return true;
				}
			}
			return false;
		}

		private @Nullable Operation firstAnswered(State state) {
			Operation first = null;
			for (int i = 0; i < this.leases.size(); i++) {
				Operation lease = this.leases.get(i);
				if (!state.hasTaken(i) && (first == null || lease.answeredAt() < first.answeredAt())) {
					first = lease;
				}
			}
			return first;
		}

	}

	/**
	 * How far an order has come.
	 *
	 * @param taken which leases have been taken, a bit for each
	 * @param holder which of them has the lock, negative if none has
	 * @param fence the last fencing token
	 */
	private record State(int taken, int holder, long fence) {

		boolean hasTaken(int lease) {
			return (this.taken & 1 << lease) != 0;
		}

		State taken(int lease, long next) {
			return new State(this.taken | 1 << lease, lease, next);
		}

		State free() {
			return new State(this.taken, -1, this.fence);
		}

	}

}
