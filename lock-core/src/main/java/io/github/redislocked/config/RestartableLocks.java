/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.redislocked.Lease;
import io.github.redislocked.LockCallback;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.engine.LockEngine;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a context, which may be stopped and started again. An engine that was
 * closed stays so: each start has a new one, as a new process would, so that nothing that
 * was begun before the stop can be taken for its own.
 */
final class RestartableLocks implements LockTemplate, AutoCloseable {

	private final Supplier<LockEngine> engines;

	private volatile LockEngine engine;

	private boolean closed;

	RestartableLocks(Supplier<LockEngine> engines) {
		this.engines = engines;
		this.engine = engines.get();
	}

	/**
	 * Grants locks again, if it was closed, and asks who wants to be told of them.
	 */
	synchronized void open() {
		if (this.closed) {
			this.engine = this.engines.get();
			this.closed = false;
		}
		this.engine.listen();
	}

	LockEngine engine() {
		return this.engine;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.engine.close();
	}

	@Override
	public Lease acquire(LockSpec spec) throws InterruptedException {
		return this.engine.acquire(spec);
	}

	@Override
	public Optional<Lease> tryAcquire(LockSpec spec) throws InterruptedException {
		return this.engine.tryAcquire(spec);
	}

	@Override
	public List<Lease> acquireAll(Collection<LockSpec> specs) throws InterruptedException {
		return this.engine.acquireAll(specs);
	}

	@Override
	public <T extends @Nullable Object, E extends Throwable> T execute(LockSpec spec, LockCallback<T, E> action)
			throws E, InterruptedException {
		return this.engine.execute(spec, action);
	}

	@Override
	public CompletionStage<Lease> acquireAsync(LockSpec spec) {
		return this.engine.acquireAsync(spec);
	}

	@Override
	public CompletionStage<List<Lease>> acquireAllAsync(Collection<LockSpec> specs) {
		return this.engine.acquireAllAsync(specs);
	}

}
