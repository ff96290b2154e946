/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.List;

import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.WaiterSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Shows nothing: locks are switched off, or the application's own.
 */
record NoInspector() implements LockInspector {

	@Override
	public List<LeaseSnapshot> held() {
		return List.of();
	}

	@Override
	public List<WaiterSnapshot> waiting() {
		return List.of();
	}

	@Override
	public LockSnapshot inspect(String key) {
		return LockSnapshot.free(key);
	}

	@Override
	public LockPage list(@Nullable String cursor, int limit) {
		return new LockPage(List.of(), null);
	}

	@Override
	public boolean forceRelease(String key, String ownerToken) {
		return false;
	}

}
