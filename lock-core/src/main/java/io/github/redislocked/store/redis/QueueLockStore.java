/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import io.github.redislocked.store.RenewalLane;
import io.github.redislocked.store.WakeUpListener;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The protocol {@code queue}: owner tokens, a queue of waiters in order of arrival, and
 * direct hand-off to the first of them. What it does is written in its scripts,
 * {@code queue-*.lua}.
 *
 * @since 0.1.0
 */
public final class QueueLockStore implements LockStore {

	private static final RedisScript<String> ACQUIRE = script("queue-acquire.lua");

	private static final RedisScript<String> RENEW = script("queue-renew.lua");

	private static final RedisScript<String> RELEASE = script("queue-release.lua");

	private static final RedisScript<String> CANCEL = script("queue-cancel.lua");

	/**
	 * How long a waiter has to make use of a hand-over before the next one gets it.
	 */
	private static final String CLAIM_MILLIS = "1000";

	private static final RenewalLane ONE_SERVER = new RenewalLane("server", 500);

	private static final int COMMON_ARGS = 5;

	private static final Pattern HOLDER = Pattern.compile("[!-~]{1,200}");

	private static final long ASK_AGAIN_MILLIS = 1000;

	private static final long ASK_AGAIN_UNSUBSCRIBED_MILLIS = 250;

	private final Scripts scripts;

	private final ScriptPipeline pipeline;

	private final ClusterLanes clusterLanes;

	private final QueueKeys keys;

	private final String channelPrefix;

	private final String retentionMillis;

	private final RedisConnectionFactory connectionFactory;

	private volatile @Nullable Boolean cluster;

	private volatile @Nullable WakeUpChannel channel;

	/**
	 * Creates a store.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every Redis key and channel, without braces
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 * @throws IllegalArgumentException if the prefix holds braces
	 */
	public QueueLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention) {
		this.scripts = new Scripts(connectionFactory);
		this.pipeline = new ScriptPipeline(connectionFactory, this.scripts);
		this.clusterLanes = new ClusterLanes(connectionFactory);
		this.keys = new QueueKeys(keyPrefix);
		this.channelPrefix = keyPrefix + "wake-up:";
		this.retentionMillis = Long.toString(fenceRetention.toMillis());
		this.connectionFactory = connectionFactory;
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return run(ACQUIRE, request.key(), request.token(), millis(request.expire()), millis(request.waitTime()))
			.thenApply((answer) -> acquired(request, answer.split(" ", 4)));
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return run(RENEW, key, token, millis(expire)).thenApply(RenewAnswer::valueOf);
	}

	@Override
	public List<CompletionStage<RenewAnswer>> renewAll(List<RenewRequest> requests) {
		List<ScriptCall> calls = requests.stream()
			.map((request) -> call(request.key(), request.token(), millis(request.expire())))
			.toList();
		return this.pipeline.run(RENEW, calls)
			.stream()
			.map((answer) -> answer.thenApply(RenewAnswer::valueOf))
			.toList();
	}

	@Override
	public RenewalLane lane(String key) {
		// Known since the key was acquired; to ask now could take time.
		return Boolean.TRUE.equals(this.cluster) ? this.clusterLanes.of(this.keys.of(key).get(0)) : ONE_SERVER;
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return run(RELEASE, key, token).thenApply(ReleaseAnswer::valueOf);
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return run(CANCEL, key, token).thenApply(ReleaseAnswer::valueOf);
	}

	@Override
	public void onWakeUp(WakeUpListener listener) {
		this.channel = new WakeUpChannel(this.connectionFactory, this.keys, this.channelPrefix, listener);
	}

	@Override
	public void close() {
		WakeUpChannel closing = this.channel;
		if (closing != null) {
			closing.close();
		}
	}

	private CompletionStage<String> run(RedisScript<String> script, String key, OwnerToken token, String... more) {
		ScriptCall call = call(key, token, more);
		return this.scripts.run(key, script, call.keys(), call.args());
	}

	private ScriptCall call(String key, OwnerToken token, String... more) {
		String[] args = new String[COMMON_ARGS + more.length];
		args[0] = token.toString();
		args[1] = this.retentionMillis;
		args[2] = CLAIM_MILLIS;
		args[3] = this.channelPrefix;
		args[4] = isCluster() ? "0" : "1";
		System.arraycopy(more, 0, args, COMMON_ARGS, more.length);
		return new ScriptCall(key, this.keys.of(key), args);
	}

	private AcquireAnswer acquired(AcquireRequest request, String[] answer) {
		return switch (answer[0]) {
			case "GRANTED" -> new AcquireAnswer.Granted(Long.parseLong(answer[1]), request.expire());
			case "HELD" -> held(request, Long.parseLong(answer[1]), Long.parseLong(answer[2]), answer[3]);
			case "CLOSED" -> new AcquireAnswer.Closed();
			default -> throw foreign(request.key());
		};
	}

	private AcquireAnswer held(AcquireRequest request, long storeMicros, long remainingMillis, String holder) {
		WakeUpChannel wakeUps = this.channel;
		long askAgain = ASK_AGAIN_UNSUBSCRIBED_MILLIS;
		if (wakeUps != null && !request.waitTime().isZero()) {
			wakeUps.want(request.token().process());
			if (wakeUps.isSubscribed()) {
				askAgain = ASK_AGAIN_MILLIS;
			}
		}
		// Earlier by up to a tenth, so that waiters do not fall into step.
		askAgain -= ThreadLocalRandom.current().nextLong(askAgain / 10);
		// A lock that expires tells nobody; a millisecond later it has expired for
		// certain.
		askAgain = Math.min(askAgain, remainingMillis + 1);
		return new AcquireAnswer.Held(HOLDER.matcher(holder).matches() ? holder : null, Duration.ofMillis(askAgain),
				storeMicros);
	}

	private LockStoreException foreign(String key) {
		return new LockStoreException(key,
				"The Redis key of lock '%s' holds a value without a time to live, which is no lock; delete it, or set another redis-lock.key-prefix"
					.formatted(RedisFailures.printable(key)),
				false, null);
	}

	// In a cluster, a node knows its own subscribers only.
	private boolean isCluster() {
		Boolean known = this.cluster;
		if (known == null) {
			try (RedisConnection connection = this.connectionFactory.getConnection()) {
				known = connection instanceof RedisClusterConnection;
				this.cluster = known;
				if (known) {
					this.clusterLanes.refreshIfOld();
				}
			}
			catch (RuntimeException ex) {
				// The command that follows meets the same failure, and tells it.
				return true;
			}
		}
		return known;
	}

	private static String millis(Duration duration) {
		// Rounded up: a wait that is not over is never sent as none.
		return Long.toString(duration.plusNanos(999_999).toMillis());
	}

	private static RedisScript<String> script(String name) {
		return Scripts.load("queue-common.lua", name);
	}

}
