/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.List;

import io.github.redislocked.engine.EngineInspector;
import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.WaiterSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Shows the locks of a context, whichever engine has them at present.
 *
 * @param locks the locks
 */
record RestartableInspector(RestartableLocks locks) implements LockInspector {

	@Override
	public List<LeaseSnapshot> held() {
		return current().held();
	}

	@Override
	public List<WaiterSnapshot> waiting() {
		return current().waiting();
	}

	@Override
	public LockSnapshot inspect(String key) {
		return current().inspect(key);
	}

	@Override
	public LockPage list(@Nullable String cursor, int limit) {
		return current().list(cursor, limit);
	}

	@Override
	public boolean forceRelease(String key, String ownerToken) {
		return current().forceRelease(key, ownerToken);
	}

	private EngineInspector current() {
		return new EngineInspector(this.locks.engine());
	}

}
