/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.WakeUpListener;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * What all commands of a queue store share, however they wait for their answers: the
 * names of its Redis keys, its wake-ups, and what is known of the servers.
 */
final class QueueSite {

	/**
	 * How long a waiter has to make use of a hand-over before the next one gets it.
	 */
	private static final String CLAIM_MILLIS = "1000";

	private static final int COMMON_ARGS = 6;

	private static final long ASK_AGAIN_MILLIS = 1000;

	private static final long ASK_AGAIN_UNSUBSCRIBED_MILLIS = 250;

	private final RedisConnectionFactory connectionFactory;

	private final RedisServers servers;

	private final QueueKeys keys;

	private final String channelPrefix;

	private final String retentionMillis;

	private volatile @Nullable WakeUpChannel channel;

	QueueSite(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention) {
		this.connectionFactory = connectionFactory;
		this.servers = new RedisServers(connectionFactory);
		this.keys = new QueueKeys(keyPrefix);
		this.channelPrefix = keyPrefix + "wake-up:";
		this.retentionMillis = Long.toString(fenceRetention.toMillis());
	}

	/**
	 * Prepares a run of one of the scripts. The first one asks what Redis is, by the
	 * calling thread.
	 * @param key what is locked, as the user names it
	 * @param token the owner token
	 * @param more what this script is told besides
	 * @return the run
	 */
	ScriptCall call(String key, OwnerToken token, String... more) {
		String[] args = new String[COMMON_ARGS + more.length];
		args[0] = token.process();
		args[1] = Long.toString(token.sequence());
		args[2] = this.retentionMillis;
		args[3] = CLAIM_MILLIS;
		args[4] = this.channelPrefix;
		// In a cluster, a node knows its own subscribers only.
		args[5] = this.servers.isCluster() ? "0" : "1";
		System.arraycopy(more, 0, args, COMMON_ARGS, more.length);
		return new ScriptCall(key, this.keys.of(key), args);
	}

	RedisServers servers() {
		return this.servers;
	}

	LockNames names() {
		return this.keys;
	}

	List<String> redisKeys(String key) {
		return this.keys.of(key);
	}

	String redisKey(String key) {
		return redisKeys(key).get(0);
	}

	void listen(WakeUpListener listener) {
		this.channel = new WakeUpChannel(this.connectionFactory, this.keys, this.channelPrefix, listener);
	}

	void close() {
		WakeUpChannel closing = this.channel;
		if (closing != null) {
			closing.close();
		}
	}

	/**
	 * Says when a caller that was told that the lock is held asks again, if nothing wakes
	 * it. A caller that waits is subscribed.
	 * @param request what it asked for
	 * @return the time in milliseconds
	 */
	long askAgainMillis(AcquireRequest request) {
		WakeUpChannel wakeUps = this.channel;
		if (wakeUps != null && !request.waitTime().isZero()) {
			wakeUps.want(request.token().process());
			if (wakeUps.isSubscribed()) {
				return ASK_AGAIN_MILLIS;
			}
		}
		return ASK_AGAIN_UNSUBSCRIBED_MILLIS;
	}

	static String millis(Duration duration) {
		// Rounded up: a wait that is not over is never sent as none.
		return Long.toString(duration.plusNanos(999_999).toMillis());
	}

}
