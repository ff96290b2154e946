/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import io.github.redislocked.store.RenewalLane;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends the renewals that are due, a queue for each {@linkplain RenewalLane lane}, so
 * that a server that does not answer delays nobody's renewals but its own. What is due at
 * the same time goes out together, as a batch; what has become due while a lane was busy
 * is the next. A batch whose sending takes long is overtaken: by another worker, up to a
 * bound. Another bound is on what has been sent and not been answered yet.
 */
final class RenewalLanes {

	private static final int MOST_WORKERS = 4;

	private static final int MOST_BATCHES = 4;

	private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private static final Log logger = LogFactory.getLog(RenewalLanes.class);

	private final LockStore store;

	private final EngineThreads threads;

	private final LongSupplier clock;

	private final ConcurrentHashMap<RenewalLane, Queue> queues = new ConcurrentHashMap<>();

	RenewalLanes(LockStore store, EngineThreads threads, LongSupplier clock) {
		this.store = store;
		this.threads = threads;
		this.clock = clock;
	}

	/**
	 * Has a lease renewed as soon as it is its turn, unless it waits for that already.
	 * Returns at once.
	 * @param renewal the renewal
	 */
	void submit(DueRenewal renewal) {
		try {
			this.queues.computeIfAbsent(this.store.lane(renewal.key()), Queue::new).add(renewal);
		}
		catch (Throwable ex) {
			unsent(renewal, ex);
		}
	}

	private static void unsent(DueRenewal renewal, Throwable failure) {
		logger.error("A lease could not be renewed; it will be tried again", failure);
		renewal.failed();
	}

	private final class Queue {

		private final RenewalLane lane;

		/**
		 * In order of arrival; one that is there already is not added again.
		 */
		private final Set<DueRenewal> due = new LinkedHashSet<>();

		private final Deque<Runnable> answers = new ArrayDeque<>();

		private int workers;

		/**
		 * How many renewals have left the queue, and what became of them has not been
		 * told.
		 */
		private int underWay;

		private long startedAt;

		private boolean looking;

		private boolean telling;

		private Queue(RenewalLane lane) {
			this.lane = lane;
		}

		private synchronized void add(DueRenewal renewal) {
			this.due.add(renewal);
			staff();
		}

		// Sees to it that somebody works, now or when the last batch has stalled.
		private void staff() {
			if (this.due.isEmpty() || this.workers == MOST_WORKERS || room() <= 0) {
				return;
			}
			long stalledIn = this.startedAt + STALLED_NANOS - RenewalLanes.this.clock.getAsLong();
			try {
				if (this.workers == 0 || stalledIn <= 0) {
					RenewalLanes.this.threads.workers().execute(this::work);
					this.workers++;
					this.startedAt = RenewalLanes.this.clock.getAsLong();
				}
				else if (!this.looking) {
					RenewalLanes.this.threads.timer().schedule(this::look, stalledIn, TimeUnit.NANOSECONDS);
					this.looking = true;
				}
			}
			catch (RejectedExecutionException ex) {
				// The engine is closed: nothing is renewed any longer.
				this.due.clear();
			}
		}

		private int room() {
			return this.lane.batch() * MOST_BATCHES - this.underWay;
		}

		private synchronized void look() {
			this.looking = false;
			staff();
		}

		private void work() {
			for (List<DueRenewal> batch = next(); !batch.isEmpty(); batch = next()) {
				send(batch);
			}
		}

		private synchronized List<DueRenewal> next() {
			int size = Math.min(Math.min(this.lane.batch(), room()), this.due.size());
			if (size <= 0) {
				this.workers--;
				return List.of();
			}
			List<DueRenewal> batch = this.due.stream().limit(size).toList();
			batch.forEach(this.due::remove);
			this.underWay += size;
			this.startedAt = RenewalLanes.this.clock.getAsLong();
			staff();
			return batch;
		}

		private void send(List<DueRenewal> batch) {
			long sentAt = RenewalLanes.this.clock.getAsLong();
			List<DueRenewal> senders = new ArrayList<>(batch.size());
			List<RenewRequest> requests = new ArrayList<>(batch.size());
			for (DueRenewal renewal : batch) {
				try {
					RenewRequest request = renewal.request(sentAt);
					if (request != null) {
						senders.add(renewal);
						requests.add(request);
					}
				}
				catch (Throwable ex) {
					unsent(renewal, ex);
				}
			}
			sent(batch.size() - senders.size());
			int told = 0;
			try {
				List<CompletionStage<RenewAnswer>> stages = requests.isEmpty() ? List.of()
						: RenewalLanes.this.store.renewAll(requests);
				for (; told < senders.size(); told++) {
					DueRenewal sender = senders.get(told);
					RenewRequest request = requests.get(told);
					stages.get(told)
						.whenComplete(
								(answer, failure) -> answered(() -> sender.done(sentAt, request, answer, failure)));
				}
			}
			catch (Throwable ex) {
				for (; told < senders.size(); told++) {
					DueRenewal sender = senders.get(told);
					RenewRequest request = requests.get(told);
					answered(() -> sender.done(sentAt, request, null, ex));
				}
			}
		}

		// Answers may come on the driver's threads, which must not be held up.
		private synchronized void answered(Runnable answer) {
			this.answers.add(answer);
			if (!this.telling) {
				try {
					RenewalLanes.this.threads.workers().execute(this::tell);
					this.telling = true;
				}
				catch (RejectedExecutionException ex) {
					// The engine is closed: nobody wants to know any longer.
					this.answers.clear();
				}
			}
		}

		private void tell() {
			for (Runnable answer = nextAnswer(); answer != null; answer = nextAnswer()) {
				try {
					answer.run();
				}
				catch (Throwable ex) {
					logger.error("What became of the renewal of a lease could not be noted", ex);
				}
				sent(1);
			}
		}

		private synchronized @Nullable Runnable nextAnswer() {
			Runnable answer = this.answers.poll();
			this.telling = answer != null;
			return answer;
		}

		private synchronized void sent(int count) {
			this.underWay -= count;
			staff();
		}

	}

}
