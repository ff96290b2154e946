/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;

/**
 * Clients of the older algorithm and of ours that work under one key for a while, and
 * what was seen of them: who was inside beside whom.
 */
final class MixedFleet {

	/** Both of these believe that they hold the lock. */
	final AtomicInteger oursBesideOurs = new AtomicInteger();

	final AtomicInteger oursBesideOlder = new AtomicInteger();

	final AtomicInteger olderBesideOlder = new AtomicInteger();

	final AtomicInteger grants = new AtomicInteger();

	final AtomicInteger told = new AtomicInteger();

	final AtomicLong fence = new AtomicLong();

	private final GetSetFixture lock;

	private final Duration expire;

	/** Those who believe that they hold the lock, and until when (monotonic clock). */
	private final Map<String, Long> inside = new ConcurrentHashMap<>();

	private final List<Runnable> clients = new ArrayList<>();

	private double overruns;

	MixedFleet(GetSetFixture lock, Duration expire) {
		this.lock = lock;
		this.expire = expire;
	}

	/**
	 * Makes some of the older clients' turns last longer than the expire.
	 */
	MixedFleet overruns(double share) {
		this.overruns = share;
		return this;
	}

	MixedFleet older(int count, long skewSeconds, int turns) {
		for (int i = 0; i < count; i++) {
			LegacyClient client = new LegacyClient(this.lock.redis, LegacyClient.Reading.LAX, skewSeconds);
			this.clients.add(() -> {
				for (int turn = 0; turn < turns; turn++) {
					if (client.acquire(this.lock.key, this.expire.toSeconds(), Duration.ofMinutes(1))) {
						work("older:" + client.hashCode(), Long.MAX_VALUE);
						client.release(this.lock.key);
					}
				}
			});
		}
		return this;
	}

	MixedFleet ours(int count, int turns) {
		for (int i = 0; i < count; i++) {
			String process = "ours:" + UUID.randomUUID();
			this.clients.add(() -> {
				for (int turn = 1; turn <= turns; turn++) {
					OwnerToken token = new OwnerToken(process, turn);
					long deadline = acquire(token);
					work(process, deadline);
					ReleaseAnswer answer = GetSetFixture.get(this.lock.store.release(this.lock.key, token));
					if (answer == ReleaseAnswer.NOT_OWNED) {
						this.told.incrementAndGet();
					}
				}
			});
		}
		return this;
	}

	void run() throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Future<?>> ends = new ArrayList<>();
			for (Runnable client : this.clients) {
				ends.add(threads.submit(client));
			}
			for (Future<?> end : ends) {
				end.get(2, TimeUnit.MINUTES);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	long counter() {
		String count = this.lock.redis.opsForValue().get(this.lock.key + ":counter");
		return (count != null) ? Long.parseLong(count) : 0;
	}

	private long acquire(OwnerToken token) {
		while (true) {
			long sent = System.nanoTime();
			AcquireAnswer answer = GetSetFixture.get(this.lock.store
				.acquire(new AcquireRequest(this.lock.key, token, this.expire, Duration.ofMinutes(1), 0)));
			if (answer instanceof AcquireAnswer.Granted granted) {
				if (this.fence.getAndSet(granted.fencingToken()) >= granted.fencingToken()) {
					throw new IllegalStateException("The fencing token did not grow");
				}
				return sent + granted.lease().toNanos();
			}
			LockSupport.parkNanos(((AcquireAnswer.Held) answer).askAgainAfter().toNanos());
		}
	}

	/**
	 * Increments a counter that nothing but the lock guards.
	 */
	private void work(String name, long deadline) {
		this.grants.incrementAndGet();
		this.inside.forEach((other, end) -> {
			if (System.nanoTime() < end) {
				count(name.startsWith("ours"), other.startsWith("ours"));
			}
		});
		this.inside.put(name, deadline);
		String counter = this.lock.key + ":counter";
		String count = this.lock.redis.opsForValue().get(counter);
		if (name.startsWith("older") && ThreadLocalRandom.current().nextDouble() < this.overruns) {
			LockSupport.parkNanos(this.expire.plusSeconds(1).toNanos());
		}
		this.lock.redis.opsForValue()
			.set(counter, Long.toString(((count != null) ? Long.parseLong(count) : 0) + 1), Duration.ofMinutes(5));
		this.inside.remove(name);
	}

	private void count(boolean ours, boolean otherIsOurs) {
		if (ours && otherIsOurs) {
			this.oursBesideOurs.incrementAndGet();
		}
		else if (ours || otherIsOurs) {
			this.oursBesideOlder.incrementAndGet();
		}
		else {
			this.olderBesideOlder.incrementAndGet();
		}
	}

}
