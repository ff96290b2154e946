/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.WakeUp;
import io.github.redislocked.store.WakeUpListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/**
 * The channel on which this process is told what it was handed over: one for all its
 * locks, subscribed when somebody first waits.
 */
final class WakeUpChannel implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(WakeUpChannel.class);

	private static final long RECOVERY_MILLIS = 500;

	private final RedisConnectionFactory connectionFactory;

	private final QueueKeys keys;

	private final WakeUpListener listener;

	private final String prefix;

	private final AtomicBoolean wanted = new AtomicBoolean();

	private volatile @Nullable RedisMessageListenerContainer container;

	private volatile boolean subscribed;

	private volatile boolean closed;

	WakeUpChannel(RedisConnectionFactory connectionFactory, QueueKeys keys, String prefix, WakeUpListener listener) {
		this.connectionFactory = connectionFactory;
		this.keys = keys;
		this.prefix = prefix;
		this.listener = listener;
	}

	/**
	 * Sees to it that the channel is subscribed, without waiting for it.
	 * @param process the name of this process in owner tokens
	 */
	void want(String process) {
		if (this.wanted.compareAndSet(false, true)) {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("redis-lock-subscription-");
			executor.setDaemon(true);
			executor.execute(() -> subscribe(process, executor));
		}
	}

	/**
	 * Returns whether the channel was subscribed. It may have been lost since: that is
	 * why waiters ask again in any case.
	 * @return {@code true} once a subscription was confirmed
	 */
	boolean isSubscribed() {
		return this.subscribed;
	}

	private void subscribe(String process, SimpleAsyncTaskExecutor executor) {
		RedisMessageListenerContainer created = new RedisMessageListenerContainer();
		created.setConnectionFactory(this.connectionFactory);
		// Messages only complete futures: the receiving thread does that itself. Jedis
		// blocks the thread that subscribes, which therefore is another one.
		created.setTaskExecutor(Runnable::run);
		created.setSubscriptionExecutor(executor);
		created.setRecoveryInterval(RECOVERY_MILLIS);
		created.setErrorHandler((failure) -> logger.warn("A wake-up could not be read", failure));
		created.afterPropertiesSet();
		created.addMessageListener(new Receiver(), new ChannelTopic(this.prefix + process));
		this.container = created;
		try {
			created.start();
		}
		catch (RuntimeException ex) {
			logger.warn("No wake-ups can be received; waiters ask four times a second instead", ex);
			end(created);
			this.wanted.set(false);
		}
		if (this.closed) {
			close();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.subscribed = false;
		RedisMessageListenerContainer closing = this.container;
		if (closing != null) {
			this.container = null;
			end(closing);
		}
	}

	private static void end(RedisMessageListenerContainer container) {
		try {
			container.destroy();
		}
		catch (Exception ex) {
			logger.debug("The subscription did not end in order", ex);
		}
	}

	private final class Receiver implements MessageListener, SubscriptionListener {

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			// <fencing token> <time> <claim> <owner token> <lock key>
			String[] fields = new String(message.getBody(), StandardCharsets.UTF_8).split(" ", 5);
			WakeUpChannel.this.listener.granted(new WakeUp(WakeUpChannel.this.keys.userKey(fields[4]),
					OwnerToken.parse(fields[3]), Long.parseLong(fields[0]), Long.parseLong(fields[1]),
					Duration.ofMillis(Long.parseLong(fields[2]))));
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			WakeUpChannel.this.subscribed = true;
			WakeUpChannel.this.listener.askAgain();
		}

		@Override
		public void onChannelUnsubscribed(byte[] channel, long count) {
			WakeUpChannel.this.subscribed = false;
		}

	}

}
