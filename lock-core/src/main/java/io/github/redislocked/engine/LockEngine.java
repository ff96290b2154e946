/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LockCallback;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.store.LockStore;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one process: takes locks from a store, keeps them and gives them back.
 *
 * @since 0.1.0
 */
public final class LockEngine implements LockTemplate, AutoCloseable {

	/**
	 * Creates an engine, which closes its store when it is closed.
	 * @param store where the locks are
	 * @param settings what the engine is told
	 */
	public LockEngine(LockStore store, LockEngineSettings settings) {
	}

	@Override
	public Lease acquire(LockSpec spec) throws InterruptedException {
		throw new UnsupportedOperationException();
	}

	@Override
	public Optional<Lease> tryAcquire(LockSpec spec) throws InterruptedException {
		throw new UnsupportedOperationException();
	}

	@Override
	public List<Lease> acquireAll(Collection<LockSpec> specs) throws InterruptedException {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T extends @Nullable Object, E extends Throwable> T execute(LockSpec spec, LockCallback<T, E> action)
			throws E, InterruptedException {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletionStage<Lease> acquireAsync(LockSpec spec) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		throw new UnsupportedOperationException();
	}

}
