/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.redislocked.LoggedText;
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

	/**
	 * How long the listener container rests before it subscribes again by itself.
	 */
	private static final long RECOVERY_MILLIS = 1000;

	/**
	 * How long a container may be without a subscription before it is given up for
	 * another.
	 */
	private static final long ATTEMPT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final RedisConnectionFactory connectionFactory;

	private final QueueKeys keys;

	private final WakeUpListener listener;

	private final String prefix;

	private final AtomicBoolean subscribing = new AtomicBoolean();

	private volatile long nextAttempt = System.nanoTime();

	private volatile @Nullable Subscription subscription;

	private volatile boolean failing;

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
		if (!this.closed && !isSubscribed() && System.nanoTime() - this.nextAttempt >= 0
				&& this.subscribing.compareAndSet(false, true)) {
			this.nextAttempt = System.nanoTime() + ATTEMPT_NANOS;
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("redis-lock-subscription-");
			executor.setDaemon(true);
			executor.execute(() -> {
				try {
					subscribe(process, executor);
				}
				finally {
					this.subscribing.set(false);
				}
			});
		}
	}

	/**
	 * Returns whether the channel is subscribed, as far as the driver knows. It may not
	 * know of a connection that has gone dead: that is why waiters ask again in any case.
	 * @return {@code true} if wake-ups are expected to arrive
	 */
	boolean isSubscribed() {
		Subscription current = this.subscription;
		return current != null && current.confirmed && current.container.isListening();
	}

	private void subscribe(String process, SimpleAsyncTaskExecutor executor) {
		Subscription former = this.subscription;
		if (former != null) {
			end(former.container);
		}
		RedisMessageListenerContainer container = new RedisMessageListenerContainer();
		container.setConnectionFactory(SubscribingConnections.of(this.connectionFactory));
		// Messages only complete futures: the receiving thread does that itself. Jedis
		// blocks the thread that subscribes, which therefore is another one.
		container.setTaskExecutor(Runnable::run);
		container.setSubscriptionExecutor(executor);
		container.setRecoveryInterval(RECOVERY_MILLIS);
		container.setErrorHandler(WakeUpChannel::unreadable);
		container.afterPropertiesSet();
		Subscription created = new Subscription(container);
		container.addMessageListener(created, new ChannelTopic(this.prefix + process));
		this.subscription = created;
		try {
			container.start();
			this.failing = false;
		}
		catch (RuntimeException ex) {
			end(container);
			if (!this.failing) {
				this.failing = true;
				logger.warn("No wake-ups can be received; waiters ask four times a second instead", ex);
			}
		}
		if (this.closed) {
			end(container);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		Subscription closing = this.subscription;
		if (closing != null) {
			end(closing.container);
		}
	}

	// Anybody may have published it: what the failure quotes is no text for a log.
	private static void unreadable(Throwable failure) {
		logger.warn("A wake-up could not be read: something else is published on the channels of the locks");
		if (logger.isDebugEnabled()) {
			logger.debug("The message was refused by " + LoggedText.of(String.valueOf(failure)));
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

	private final class Subscription implements MessageListener, SubscriptionListener {

		private final RedisMessageListenerContainer container;

		private volatile boolean confirmed;

		private Subscription(RedisMessageListenerContainer container) {
			this.container = container;
		}

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
			this.confirmed = true;
			WakeUpChannel.this.listener.askAgain();
		}

		@Override
		public void onChannelUnsubscribed(byte[] channel, long count) {
			this.confirmed = false;
		}

	}

}
