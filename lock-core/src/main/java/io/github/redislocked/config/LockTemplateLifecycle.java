/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.function.Supplier;

import io.github.redislocked.LockTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Closes the lock between the web server, whose last requests may still need it, and the
 * connections to Redis, which it needs to release what is held; opens it in between, too,
 * when the context is started again.
 */
final class LockTemplateLifecycle implements SmartLifecycle {

	/**
	 * Below the web servers of Spring Boot (down to 2048 under the default), and far
	 * above connection factories (0).
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private final LockTemplate locks;

	private final Supplier<LockStartUpCheck> checks;

	private volatile @Nullable LockStartUpCheck check;

	private volatile boolean running;

	/**
	 * Creates the lifecycle.
	 * @param locks what it opens and closes
	 * @param checks makes the check of the Redis that our own locks are kept in
	 */
	LockTemplateLifecycle(LockTemplate locks, Supplier<LockStartUpCheck> checks) {
		this.locks = locks;
		this.checks = checks;
	}

	@Override
	public void start() {
		if (this.locks instanceof RestartableLocks restartable) {
			restartable.open();
			LockStartUpCheck begun = this.checks.get();
			this.check = begun;
			begun.run();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		LockStartUpCheck begun = this.check;
		if (begun != null) {
			begun.abandon();
		}
		if (this.locks instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException("The locks could not be closed", ex);
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
