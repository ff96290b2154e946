/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.LinkedHashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.github.redislocked.LockStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The callers of this process, one queue per key, first come, first served. Only the head
 * of a queue contends in the store, so that a process closes the sequence numbers it uses
 * on a key one after the other. A queue vanishes with its last caller.
 */
final class LocalQueues {

	private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();

	/**
	 * Joins the queue of a key, at its end.
	 * @param key the key
	 * @return the caller's turn, which it must {@linkplain Turn#pass() pass} in the end
	 */
	Turn join(String key) {
		Turn[] joined = new Turn[1];
		this.lines.compute(key, (ignored, existing) -> {
			Line line = (existing != null) ? existing : new Line();
			joined[0] = new Turn(key, line, line.turns.isEmpty());
			line.turns.add(joined[0]);
			return line;
		});
		if (joined[0].head) {
			joined[0].reached.complete(null);
		}
		return joined[0];
	}

	/**
	 * Returns the number of keys that have a queue.
	 * @return the number of queues
	 */
	int size() {
		return this.lines.size();
	}

	private static final class Line {

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

		private final CompletableFuture<Void> reached = new CompletableFuture<>();

		/**
		 * Whether this is the head: guarded, like the line, by the map. The future only
		 * tells it, later; a turn may be passed before it has been told.
		 */
		private boolean head;

		private Turn(String key, Line line, boolean head) {
			this.key = key;
			this.line = line;
			this.head = head;
		}

		/**
		 * Returns what completes when the caller is the head of its queue.
		 * @return the future, complete if the queue was empty
		 */
		CompletableFuture<Void> reached() {
			return this.reached;
		}

		/**
		 * Leaves the queue, from whatever place; when the head leaves, the next caller
		 * becomes the head. The second and every further call does nothing.
		 */
		void pass() {
			Turn[] next = new Turn[1];
			LocalQueues.this.lines.computeIfPresent(this.key, (ignored, current) -> {
				// A queue of the same key may have come after the one this turn was in.
				if (current == this.line && current.turns.remove(this) && this.head && !current.turns.isEmpty()) {
					next[0] = current.turns.iterator().next();
					next[0].head = true;
					LockStoreException trouble = current.trouble;
					if (trouble != null && !trouble.isTransient()) {
						// The store has answered since.
						current.trouble = null;
					}
				}
				return current.turns.isEmpty() ? null : current;
			});
			if (next[0] != null) {
				next[0].reached.complete(null);
			}
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
