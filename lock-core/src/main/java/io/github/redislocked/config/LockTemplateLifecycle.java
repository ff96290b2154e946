/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import io.github.redislocked.LockTemplate;

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

	private volatile boolean running;

	LockTemplateLifecycle(LockTemplate locks) {
		this.locks = locks;
	}

	@Override
	public void start() {
		if (this.locks instanceof RestartableLocks restartable) {
			restartable.open();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
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
