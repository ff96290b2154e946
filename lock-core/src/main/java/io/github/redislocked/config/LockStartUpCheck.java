/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.redislocked.store.redis.RedisFinding;
import io.github.redislocked.store.redis.RedisSetupCheck;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Looks at the application's Redis once, when the application starts, on a thread of its
 * own: a Redis that cannot be reached may take its time to say so.
 */
final class LockStartUpCheck {

	private static final Log logger = LogFactory.getLog(LockStartUpCheck.class);

	private static final long LONGEST_WAIT_SECONDS = 10;

	private static final long END_MILLIS = 1000;

	private final StartupCheck mode;

	private final String where;

	private final FutureTask<List<RedisFinding>> task;

	private final Thread thread;

	private volatile boolean abandoned;

	LockStartUpCheck(StartupCheck mode, String where, Supplier<List<RedisFinding>> inspection) {
		this.mode = mode;
		this.where = where;
		this.task = new FutureTask<>(() -> {
			List<RedisFinding> findings = inspection.get();
			if (mode == StartupCheck.WARN && !this.abandoned) {
				findings.forEach(logger::warn);
			}
			return findings;
		});
		this.thread = new Thread(this.task, "redis-lock-start-up-check");
		this.thread.setDaemon(true);
	}

	static LockStartUpCheck of(RedisLockSettings settings, RedisConnectionFactory connectionFactory) {
		ConnectionSettings connections = new ConnectionSettings(connectionFactory);
		String where = connections.where();
		return new LockStartUpCheck(settings.startupCheck(), where, () -> {
			List<RedisFinding> findings = new ArrayList<>(check(settings, connectionFactory).run(where));
			connections.tooPatientFor(settings.timeout()).ifPresent(findings::add);
			return findings;
		});
	}

	private static RedisSetupCheck check(RedisLockSettings settings, RedisConnectionFactory connectionFactory) {
		return switch (settings.algorithm()) {
			case QUEUE -> RedisSetupCheck.ofQueue(connectionFactory, settings.keyPrefix());
			case GETSET -> RedisSetupCheck.ofGetSet(connectionFactory, settings.keyPrefix());
		};
	}

	/**
	 * Begins the check, and waits for it if the application is to fail.
	 * @throws UnfitRedisException if it is, and there is a reason
	 */
	void run() {
		if (this.mode == StartupCheck.OFF) {
			return;
		}
		this.thread.start();
		if (this.mode == StartupCheck.FAIL) {
			List<RedisFinding> findings = await();
			if (!findings.isEmpty()) {
				throw new UnfitRedisException(findings);
			}
		}
	}

	private List<RedisFinding> await() {
		try {
			return this.task.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			abandon();
			return List.of(new RedisFinding(
					"%s did not answer within %d s whether it is fit for locks".formatted(this.where,
							LONGEST_WAIT_SECONDS),
					"See that it can be reached, or set redis-lock.startup-check to warn."));
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Redis could not be looked at", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while Redis was looked at", ex);
		}
	}

	/**
	 * Ends the check, if it has not ended: nobody wants to know any longer. The
	 * connections are about to be closed; what uses them then is noisy.
	 */
	void abandon() {
		this.abandoned = true;
		this.task.cancel(true);
		if (Thread.currentThread() != this.thread) {
			try {
				this.thread.join(END_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
