/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.Renewal;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers of several applications who take the same few locks again and again, and write
 * down when they had them: half of them block, the other half do not.
 */
final class Contest implements AutoCloseable {

	private static final long LONGEST_WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Queue<Stay> stays = new ConcurrentLinkedQueue<>();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final List<Thread> threads = new ArrayList<>();

	private final List<String> keys;

	private final Duration expire;

	private volatile boolean over;

	/**
	 * Begins: two callers of each application want each key.
	 * @param applications the applications
	 * @param keys the keys
	 * @param expire their lease time; leases are renewed
	 */
	Contest(List<Application> applications, List<String> keys, Duration expire) {
		this.keys = keys;
		this.expire = expire;
		for (Application application : applications) {
			for (String key : keys) {
				begin(() -> blocking(application.locks(), key));
				begin(() -> asynchronous(application.locks(), key));
			}
		}
		awaitStays(3);
	}

	/**
	 * Waits until every lock has been had so often again.
	 * @param more how often
	 */
	void awaitStays(int more) {
		long since = System.nanoTime();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> !this.failures.isEmpty() || this.keys.stream()
				.allMatch((key) -> of(key).stream().filter((stay) -> stay.from() - since > 0).count() >= more));
		assertThat(this.failures).isEmpty();
	}

	/**
	 * Ends the contest.
	 * @return itself, to be looked at
	 */
	Contest end() throws InterruptedException {
		this.over = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
		assertThat(this.failures).isEmpty();
		return this;
	}

	/**
	 * Asserts that nobody was in a lock together with another, and that fencing tokens
	 * grew from one to the next.
	 */
	void assertExclusive() {
		for (String key : this.keys) {
			Stay former = null;
			for (Stay stay : of(key)) {
				if (former != null) {
					assertThat(former.overlaps(stay)).as("%s overlaps %s", former, stay).isFalse();
					assertThat(stay.from() - former.from()).as("%s came after %s", stay, former).isPositive();
					assertThat(stay.fencingToken()).isGreaterThan(former.fencingToken());
				}
				former = stay;
			}
		}
	}

	@Override
	public void close() {
		this.over = true;
		this.threads.forEach(Thread::interrupt);
	}

	/**
	 * Asserts that nobody had to wait for long while nobody had a lock.
	 * @param bound how long at most
	 */
	void assertNoPause(Duration bound) {
		long longest = 0;
		for (String key : this.keys) {
			List<Stay> in = of(key);
			for (int i = 1; i < in.size(); i++) {
				longest = Math.max(longest, in.get(i).from() - in.get(i - 1).until());
			}
		}
		assertThat(Duration.ofNanos(longest)).isLessThan(bound);
	}

	// In the order of their fencing tokens.
	private List<Stay> of(String key) {
		return this.stays.stream()
			.filter((stay) -> stay.key().equals(key))
			.sorted(Comparator.comparingLong(Stay::fencingToken))
			.toList();
	}

	private void begin(Step step) {
		Thread thread = new Thread(() -> {
			try {
				while (!this.over) {
					step.run();
				}
			}
			catch (Throwable ex) {
				if (!this.over) {
					this.failures.add(ex);
				}
			}
		}, "contest-" + this.threads.size());
		this.threads.add(thread);
		thread.start();
	}

	private void blocking(LockTemplate locks, String key) throws Exception {
		stay(locks.acquire(spec(key)));
	}

	private void asynchronous(LockTemplate locks, String key) throws Exception {
		stay(locks.acquireAsync(spec(key)).toCompletableFuture().get());
	}

	private LockSpec spec(String key) {
		return LockSpec.of(key).expire(this.expire).renew(Renewal.ALWAYS).timeout(Duration.ofSeconds(30));
	}

	private void stay(Lease lease) {
		long from = System.nanoTime();
		long end = from + ThreadLocalRandom.current().nextLong(LONGEST_WORK_NANOS);
		long until = from;
		for (long now = from; lease.isHeld(); now = System.nanoTime()) {
			until = now;
			if (end - now <= 0) {
				break;
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
		boolean told = false;
		try {
			lease.close();
		}
		catch (LockLostException ex) {
			told = true;
		}
		this.stays.add(new Stay(lease.key(), lease.fencingToken(), from, until, told));
	}

	private interface Step {

		void run() throws Exception;

	}

}
