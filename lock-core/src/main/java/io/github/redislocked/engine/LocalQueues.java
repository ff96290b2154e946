/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.github.redislocked.LockStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The callers of this process, one queue per key, first come, first served. Only the head
 * of a queue contends in the store, so that a process closes the sequence numbers it uses
 * on a key one after the other. A head that has the lock may leave it to the next caller.
 * A queue vanishes with its last caller.
 *
 * @param <C> type of the callers
 * @param <I> type of what one caller inherits from another
 */
final class LocalQueues<C, I> {

	private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();

	/**
	 * Joins the queue of a key, at its end.
	 * @param key the key
	 * @param caller who joins
	 * @return the caller's turn, which it must {@linkplain Turn#pass() pass} in the end
	 */
	Turn join(String key, C caller) {
		AtomicReference<@Nullable Turn> joined = new AtomicReference<>();
		this.lines.compute(key, (ignored, existing) -> {
			Line line = (existing != null) ? existing : new Line();
			Turn turn = new Turn(key, line, caller);
			if (line.turns.isEmpty()) {
				turn.head = true;
				turn.ready();
			}
			line.turns.add(turn);
			joined.set(turn);
			return line;
		});
		return Objects.requireNonNull(joined.get());
	}

	/**
	 * Returns the number of keys that have a queue.
	 * @return the number of queues
	 */
	int size() {
		return this.lines.size();
	}

	/**
	 * Returns who is in the queues at present. No queue is held up for longer than it
	 * takes to copy it.
	 * @return the callers of each key, in their order; the first may have the lock
	 */
	Map<String, List<C>> callers() {
		Map<String, List<C>> callers = new TreeMap<>();
		this.lines.keySet().forEach((key) -> this.lines.computeIfPresent(key, (ignored, line) -> {
			callers.put(key, line.turns.stream().map(Turn::caller).toList());
			return line;
		}));
		return callers;
	}

	private final class Line {

		private final LinkedHashSet<Turn> turns = new LinkedHashSet<>();

		private volatile @Nullable String holder;

		private volatile @Nullable LockStoreException trouble;

	}

	/**
	 * One caller's place in the queue of a key.
	 */
	final class Turn {

		private final String key;

		private final Line line;

		private final C caller;

		private final CompletableFuture<Void> reached = new CompletableFuture<>();

		/**
		 * Whether this is the head: guarded, like the line and what is inherited, by the
		 * map. The future only tells it, later; a turn may be passed before it has been
		 * told.
		 */
		private boolean head;

		private volatile @Nullable I inheritance;

		private Turn(String key, Line line, C caller) {
			this.key = key;
			this.line = line;
			this.caller = caller;
		}

		/**
		 * Returns whose turn this is.
		 * @return the caller; it may not know its turn yet, for it is not told before it
		 * can be found in the queue
		 */
		C caller() {
			return this.caller;
		}

		/**
		 * Returns what completes when the caller is the head of its queue, and what it
		 * has inherited is ready.
		 * @return the future, complete if the queue was empty
		 */
		CompletableFuture<Void> reached() {
			return this.reached;
		}

		/**
		 * Returns what the caller has inherited from the head before it.
		 * @return what it is, or {@code null} if it is nothing, or not yet
		 */
		@Nullable I inheritance() {
			return this.inheritance;
		}

		/**
		 * Tells the caller that it is the head, and what it has inherited is ready.
		 */
		void ready() {
			this.reached.complete(null);
		}

		/**
		 * Makes the next caller the head and leaves it something. It is told so when that
		 * is {@linkplain #ready() ready}.
		 * @param bequest says what the next caller inherits, given its turn; must not
		 * touch the queues
		 * @return what it has inherited, or {@code null} if nobody waits: then this turn
		 * remains the head
		 */
		@Nullable I handOver(Function<Turn, I> bequest) {
			AtomicReference<@Nullable I> inheritance = new AtomicReference<>();
			LocalQueues.this.lines.computeIfPresent(this.key, (ignored, current) -> {
				Iterator<Turn> turns = current.turns.iterator();
				if (current == this.line && turns.next() == this && turns.hasNext()) {
					Turn next = turns.next();
					inheritance.set(bequest.apply(next));
					next.inheritance = inheritance.get();
					leave(current);
				}
				return current;
			});
			return inheritance.get();
		}

		/**
		 * Leaves the queue, from whatever place; when the head leaves, the next caller
		 * becomes the head. The second and every further call does nothing.
		 */
		void pass() {
			giveUp(false);
		}

		/**
		 * Leaves the queue unless the caller has inherited something by now: that must be
		 * brought to its end first.
		 * @return what was inherited, or {@code null} if the queue is left
		 */
		@Nullable I giveUp() {
			giveUp(true);
			return this.inheritance;
		}

		private void giveUp(boolean unlessInherited) {
			AtomicReference<@Nullable Turn> next = new AtomicReference<>();
			LocalQueues.this.lines.computeIfPresent(this.key, (ignored, current) -> {
				// A queue of the same key may have come after the one this turn was in.
				if (current == this.line && !(unlessInherited && this.inheritance != null)) {
					next.set(leave(current));
				}
				return current.turns.isEmpty() ? null : current;
			});
			Turn told = next.get();
			if (told != null) {
				told.ready();
			}
		}

		private @Nullable Turn leave(Line current) {
			if (current.turns.remove(this) && this.head && !current.turns.isEmpty()) {
				Turn next = current.turns.iterator().next();
				next.head = true;
				LockStoreException trouble = current.trouble;
				if (trouble != null && !trouble.isTransient()) {
					// The store has answered since.
					current.trouble = null;
				}
				return next;
			}
			return null;
		}

		/**
		 * Notes who has the lock, as far as this process knows.
		 * @param holder an owner token, or {@code null} if the holder is unknown
		 */
		void holder(@Nullable String holder) {
			this.line.holder = holder;
			this.line.trouble = null;
		}

		@Nullable String holder() {
			return this.line.holder;
		}

		/**
		 * Notes that the store could not be asked.
		 * @param failure why
		 */
		void trouble(LockStoreException failure) {
			this.line.trouble = failure;
		}

		@Nullable LockStoreException trouble() {
			return this.line.trouble;
		}

	}

}
