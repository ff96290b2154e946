/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import java.util.function.Supplier;

import io.github.redislocked.interceptor.CallerContext;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Carries everything that Micrometer's context propagation knows of.
 *
 * @since 0.1.0
 */
public final class SnapshotCallerContext implements CallerContext {

	private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

	@Override
	public Supplier<Runnable> capture() {
		ContextSnapshot snapshot = this.snapshots.captureAll();
		return () -> snapshot.setThreadLocals()::close;
	}

}
