/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ConnectionUtils;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.Subscription;
import org.springframework.data.redis.connection.SubscriptionListener;

/**
 * Subscribes to a channel on a connection of its own, and ends that at once.
 */
final class SubscriptionTrial implements MessageListener, SubscriptionListener {

	private static final Log logger = LogFactory.getLog(SubscriptionTrial.class);

	private final byte[] channel;

	private final boolean async;

	private final RedisConnection connection;

	private volatile boolean subscribed;

	private @Nullable RuntimeException ending;

	SubscriptionTrial(RedisConnectionFactory connectionFactory, byte[] channel) {
		this.channel = channel;
		this.async = ConnectionUtils.isAsync(connectionFactory);
		this.connection = SubscribingConnections.of(connectionFactory).getConnection();
	}

	/**
	 * Subscribes. Jedis does not return before the subscription has ended, which is done
	 * as soon as it stands; what goes wrong then is kept for {@link #unsubscribe()}.
	 */
	void subscribe() {
		try {
			this.connection.subscribe(this, this.channel);
		}
		catch (RuntimeException ex) {
			if (this.async || !this.subscribed) {
				throw ex;
			}
			this.ending = ex;
		}
	}

	/**
	 * Ends the subscription, or tells how that went.
	 */
	void unsubscribe() {
		if (this.ending != null) {
			throw this.ending;
		}
		if (this.async) {
			end();
		}
	}

	@Override
	public void onChannelSubscribed(byte[] name, long count) {
		this.subscribed = true;
		if (!this.async) {
			end();
		}
	}

	@Override
	public void onMessage(Message message, byte @Nullable [] pattern) {
		// Nobody publishes here but the check itself.
	}

	private void end() {
		Subscription subscription = this.connection.getSubscription();
		if (subscription != null) {
			subscription.unsubscribe(this.channel);
		}
	}

	/**
	 * Gives the connection back.
	 */
	void close() {
		try {
			this.connection.close();
		}
		catch (RuntimeException ex) {
			logger.debug("The connection of a subscription did not end in order", ex);
		}
	}

}
