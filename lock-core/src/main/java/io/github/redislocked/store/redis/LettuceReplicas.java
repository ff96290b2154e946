/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockStoreException;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A connection of Lettuce's that is not the one all threads share: runs scripts on it,
 * and waits, without a thread, until replicas have what they wrote. In a cluster, it is
 * the connection to the node of the key.
 */
final class LettuceReplicas implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(LettuceReplicas.class);

	/**
	 * How long an answer is awaited from a driver whose own timeout for commands is
	 * switched off.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

	private final RedisConnection connection;

	private final Object commands;

	private final boolean kept;

	private LettuceReplicas(RedisConnection connection, boolean kept) {
		this.connection = connection;
		this.kept = kept;
		// One of Spring Data's that pipelines has a connection of its own.
		connection.openPipeline();
		this.commands = connection.getNativeConnection();
	}

	static LettuceReplicas on(RedisConnectionFactory connectionFactory) {
		boolean kept = connectionFactory instanceof LettuceConnectionFactory lettuce
				&& !(lettuce.getClientConfiguration() instanceof LettucePoolingClientConfiguration);
		RedisConnection connection = connectionFactory.getConnection();
		try {
			return new LettuceReplicas(connection, kept);
		}
		catch (RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Returns whether this connection may be kept when it is not in use: it is not one of
	 * a pool, where others wait for it.
	 * @return {@code true} if it may be kept
	 */
	boolean isKept() {
		return this.kept;
	}

	/**
	 * Runs a script, and waits for replicas if it has written.
	 * @param script a script that answers {@value Replicated#WRITTEN} if it has written
	 * @param call what it is run on
	 * @param wanted for how many replicas to wait
	 * @param patience how long to wait for them
	 * @return the answers, on a thread of the driver's
	 */
	CompletionStage<Replicated> run(RedisScript<String> script, ScriptCall call, int wanted, Duration patience) {
		return node(call).thenCompose((node) -> {
			Breaks breaks = new Breaks();
			node.addListener(breaks);
			// The application may have its pipelines sent only when they are closed.
			node.setAutoFlushCommands(true);
			return run(node, breaks, script, call, wanted, patience)
				.whenComplete((all, failure) -> node.removeListener(breaks));
		});
	}

	private static CompletableFuture<Replicated> run(StatefulRedisConnection<byte[], byte[]> node, Breaks breaks,
			RedisScript<String> script, ScriptCall call, int wanted, Duration patience) {
		Duration timeout = node.getTimeout().isZero() ? LONGEST_WAIT : node.getTimeout();
		// The driver gives a command up after its timeout, and then nobody knows the
		// count.
		long millis = Math.max(1, Math.min(patience.toMillis(), timeout.toMillis() / 4 * 3));
		CompletableFuture<Replicated> running = new LettuceScripts(node.async()).run(script, call)
			.thenCompose((answer) -> {
				if (!Replicated.WRITTEN.equals(answer)) {
					return CompletableFuture.completedFuture(new Replicated(String.valueOf(answer), 0, wanted));
				}
				CompletionStage<Long> count = node.async().waitForReplication(wanted, millis);
				return count.thenApply((replicas) -> breaks.check(new Replicated(answer, replicas, wanted)));
			});
		return running.orTimeout(timeout.toMillis() + millis, TimeUnit.MILLISECONDS);
	}

	// Spring Data gives nothing else away of its own connection.
	@SuppressWarnings({ "unchecked", "deprecation" })
	private CompletionStage<StatefulRedisConnection<byte[], byte[]>> node(ScriptCall call) {
		if (this.commands instanceof RedisAdvancedClusterAsyncCommands<?, ?> cluster) {
			StatefulRedisClusterConnection<byte[], byte[]> all = (StatefulRedisClusterConnection<byte[], byte[]>) cluster
				.getStatefulConnection();
			int slot = ClusterSlotHashUtil.calculateSlot(call.keys().get(0));
			return all.getConnectionAsync(all.getPartitions().getPartitionBySlot(slot).getNodeId());
		}
		StatefulRedisConnection<?, ?> one = ((RedisAsyncCommands<?, ?>) this.commands).getStatefulConnection();
		if (one instanceof StatefulRedisMasterReplicaConnection) {
			throw new LockStoreException(call.userKey(),
					"The lock cannot be confirmed by replicas: redis-lock.replicas.wait cannot be used on connections that read from replicas. Remove spring.data.redis.lettuce.read-from, or set it to 0",
					false, null);
		}
		return CompletableFuture.completedFuture((StatefulRedisConnection<byte[], byte[]>) one);
	}

	@Override
	public void close() {
		try {
			this.connection.closePipeline();
		}
		catch (RuntimeException ex) {
			logger.debug("A connection that is closed was broken before", ex);
		}
		this.connection.close();
	}

	/**
	 * Notices that a connection was broken. Lettuce connects again and repeats what has
	 * had no answer. But WAIT speaks of what its own connection has written before it,
	 * and another server may have taken the place of the one that has the lock.
	 */
	private static final class Breaks implements RedisConnectionStateListener {

		private volatile boolean broken;

		@Override
		public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
			this.broken = true;
		}

		private Replicated check(Replicated all) {
			if (this.broken) {
				throw new RedisConnectionFailureException(
						"The connection was broken before replicas could have confirmed what it wrote");
			}
			return all;
		}

	}

}
