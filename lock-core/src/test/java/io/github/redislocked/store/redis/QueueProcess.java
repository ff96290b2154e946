/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUp;
import io.github.redislocked.store.WakeUpListener;
import io.github.redislocked.store.YieldAnswer;
import org.awaitility.Awaitility;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One process as the scripts see it: a store, owner tokens for one key, and the wake-ups
 * that came.
 */
final class QueueProcess implements WakeUpListener, AutoCloseable {

	static final Duration LEASE = Duration.ofSeconds(30);

	static final Duration WAIT = Duration.ofMinutes(1);

	private final QueueLockStore store;

	private final String name;

	private final String key;

	private final AtomicLong sequence = new AtomicLong();

	private final AtomicInteger toAskAgain = new AtomicInteger();

	private final BlockingQueue<WakeUp> wakeUps = new LinkedBlockingQueue<>();

	QueueProcess(RedisConnectionFactory factory, String name, String key) {
		this(factory, name, key, Duration.ofMinutes(10));
	}

	QueueProcess(RedisConnectionFactory factory, String name, String key, Duration retention) {
		this.store = new QueueLockStore(factory, "redis-lock:", retention);
		this.name = name;
		this.key = key;
	}

	/**
	 * Subscribes to the wake-ups; without this the process is deaf.
	 * @param redis a template on the server
	 * @return this process, subscribed
	 */
	QueueProcess listening(StringRedisTemplate redis) {
		this.store.onWakeUp(this);
		QueueProcess holder = new QueueProcess(redis.getRequiredConnectionFactory(), "for-" + this.name, this.name);
		QueueProcess waiter = new QueueProcess(this.store, this.name, this.name);
		OwnerToken held = holder.next();
		holder.acquire(held);
		waiter.queue(token(1));
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> receivers(redis) == 1);
		waiter.cancel(token(1));
		holder.release(held);
		return this;
	}

	private QueueProcess(QueueLockStore store, String name, String key) {
		this.store = store;
		this.name = name;
		this.key = key;
	}

	OwnerToken next() {
		return token(this.sequence.incrementAndGet());
	}

	OwnerToken token(long number) {
		return new OwnerToken(this.name, number);
	}

	/** One attempt without waiting. */
	AcquireAnswer acquire(OwnerToken token) {
		return acquire(token, LEASE, Duration.ZERO);
	}

	/** An attempt of a caller that waits. */
	AcquireAnswer queue(OwnerToken token) {
		return acquire(token, LEASE, WAIT);
	}

	AcquireAnswer acquire(OwnerToken token, Duration expire, Duration wait) {
		return acquire(token, expire, wait, 0);
	}

	AcquireAnswer acquire(OwnerToken token, Duration expire, Duration wait, int reserve) {
		return this.store.acquire(new AcquireRequest(this.key, token, expire, wait, reserve))
			.toCompletableFuture()
			.join();
	}

	/** Yields to a caller of this process that waits. */
	YieldAnswer yield(OwnerToken former, OwnerToken token, boolean ahead) {
		return this.yield(former, token, WAIT, 0, ahead);
	}

	YieldAnswer yield(OwnerToken former, OwnerToken token, Duration wait, int reserve, boolean ahead) {
		return this.store.yield(former, new AcquireRequest(this.key, token, LEASE, wait, reserve), ahead)
			.toCompletableFuture()
			.join();
	}

	/** The fencing token of an attempt that has to succeed. */
	long granted(OwnerToken token) {
		return granted(acquire(token));
	}

	static long granted(AcquireAnswer answer) {
		assertThat(answer).isInstanceOf(AcquireAnswer.Granted.class);
		return ((AcquireAnswer.Granted) answer).fencingToken();
	}

	RenewAnswer renew(OwnerToken token, Duration expire) {
		return this.store.renew(this.key, token, expire).toCompletableFuture().join();
	}

	ReleaseAnswer release(OwnerToken token) {
		return this.store.release(this.key, token).toCompletableFuture().join();
	}

	ReleaseAnswer cancel(OwnerToken token) {
		return this.store.cancel(this.key, token).toCompletableFuture().join();
	}

	WakeUp wakeUp() {
		try {
			WakeUp wakeUp = this.wakeUps.poll(5, TimeUnit.SECONDS);
			assertThat(wakeUp).as("wake-up for " + this.name).isNotNull();
			return wakeUp;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean hasWakeUp() {
		return !this.wakeUps.isEmpty();
	}

	private long receivers(StringRedisTemplate redis) {
		return redis.execute(RedisScript.of("return redis.call('PUBSUB', 'NUMSUB', ARGV[1])[2]", Long.class), List.of(),
				"redis-lock:wake-up:" + this.name);
	}

	@Override
	public void granted(WakeUp wakeUp) {
		this.wakeUps.add(wakeUp);
	}

	@Override
	public void askAgain() {
		this.toAskAgain.incrementAndGet();
	}

	/** How often this process was told that it may have missed wake-ups. */
	int toAskAgain() {
		return this.toAskAgain.get();
	}

	@Override
	public void close() {
		this.store.close();
	}

}
