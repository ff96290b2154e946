/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
 * that a server that does not answer delays nobody's renewals but its own. A lane has one
 * worker; what has become due while it was busy goes out together. A batch that stays
 * without an answer is overtaken: by another worker, up to a bound.
 */
final class RenewalLanes {

	private static final int MOST_WORKERS = 4;

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
	 * Has a lease renewed as soon as it is its turn. Returns at once.
	 * @param renewal the renewal
	 */
	void submit(DueRenewal renewal) {
		this.queues.computeIfAbsent(this.store.lane(renewal.key()), Queue::new).add(renewal);
	}

	private void send(List<DueRenewal> batch) {
		long sentAt = this.clock.getAsLong();
		List<DueRenewal> senders = new ArrayList<>(batch.size());
		List<RenewRequest> requests = new ArrayList<>(batch.size());
		for (DueRenewal due : batch) {
			RenewRequest request = due.request(sentAt);
			if (request != null) {
				senders.add(due);
				requests.add(request);
			}
		}
		if (requests.isEmpty()) {
			return;
		}
		List<CompletionStage<RenewAnswer>> answers;
		try {
			answers = this.store.renewAll(requests);
		}
		catch (Throwable ex) {
			for (int i = 0; i < senders.size(); i++) {
				senders.get(i).done(sentAt, requests.get(i), null, ex);
			}
			return;
		}
		for (int i = 0; i < senders.size(); i++) {
			DueRenewal sender = senders.get(i);
			RenewRequest request = requests.get(i);
			answers.get(i).whenComplete((answer, failure) -> sender.done(sentAt, request, answer, failure));
		}
	}

	private final class Queue {

		private final RenewalLane lane;

		private final Deque<DueRenewal> due = new ArrayDeque<>();

		private int workers;

		private long startedAt;

		private boolean looking;

		private Queue(RenewalLane lane) {
			this.lane = lane;
		}

		private synchronized void add(DueRenewal renewal) {
			this.due.add(renewal);
			staff();
		}

		// Sees to it that somebody works, now or when the last batch has stalled.
		private void staff() {
			if (this.due.isEmpty() || this.workers == MOST_WORKERS) {
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

		private synchronized void look() {
			this.looking = false;
			staff();
		}

		private void work() {
			@Nullable List<DueRenewal> batch = next();
			while (batch != null) {
				try {
					send(batch);
				}
				catch (Throwable ex) {
					// The lane goes on; these leases are renewed when they are due again.
					logger.error("Leases could not be renewed", ex);
				}
				batch = next();
			}
		}

		private synchronized @Nullable List<DueRenewal> next() {
			if (this.due.isEmpty()) {
				this.workers--;
				return null;
			}
			List<DueRenewal> batch = new ArrayList<>();
			while (batch.size() < this.lane.batch() && !this.due.isEmpty()) {
				batch.add(this.due.remove());
			}
			this.startedAt = RenewalLanes.this.clock.getAsLong();
			staff();
			return batch;
		}

	}

}
