/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.ConnectionUtils;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The application's connections for a listener container, on drivers that subscribe on a
 * connection of the application's pool. When Redis has refused a subscription, as for a
 * missing right, Spring Data still ends it before it gives the connection back, and
 * nobody reads the reply to that: the next command on this connection, of a lock or of
 * the application, would take it for its own. So such a connection is broken first; the
 * pool throws it away.
 */
final class SubscribingConnections extends UnboundConnections {

	private static final Log logger = LogFactory.getLog(SubscribingConnections.class);

	private SubscribingConnections(RedisConnectionFactory target) {
		super(target);
	}

	/**
	 * Returns the connections to subscribe on.
	 * @param target the application's connection factory
	 * @return the same, or one around it if the driver needs that
	 */
	static RedisConnectionFactory of(RedisConnectionFactory target) {
		return ConnectionUtils.isAsync(target) ? target : new SubscribingConnections(target);
	}

	@Override
	public RedisConnection getConnection() {
		return (RedisConnection) Proxy.newProxyInstance(RedisConnection.class.getClassLoader(),
				new Class<?>[] { RedisConnection.class }, new Subscribing(super.getConnection()));
	}

	private static final class Subscribing implements InvocationHandler {

		private final RedisConnection connection;

		private volatile boolean failed;

		private Subscribing(RedisConnection connection) {
			this.connection = connection;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
				throws Throwable {
			String name = method.getName();
			if (this.failed && name.equals("getSubscription")) {
				return null;
			}
			if (this.failed && name.equals("close")) {
				breakOff();
			}
			try {
				return method.invoke(this.connection, args);
			}
			catch (InvocationTargetException ex) {
				this.failed |= name.equals("subscribe");
				throw ex.getTargetException();
			}
		}

		// The driver learns that the connection is broken from a command that fails.
		private void breakOff() {
			try {
				this.connection.execute("QUIT");
				this.connection.ping();
			}
			catch (DataAccessException ex) {
				logger.debug("A connection on which nothing can be subscribed has ended", ex);
			}
		}

	}

}
