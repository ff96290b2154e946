/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;

/**
 * A lease that nothing backs: held until it is closed.
 */
final class UnlockedLease implements Lease {

	private final LockSpec spec;

	private final String ownerToken;

	private final long fencingToken;

	private volatile boolean closed;

	UnlockedLease(LockSpec spec, String ownerToken, long fencingToken) {
		this.spec = spec;
		this.ownerToken = ownerToken;
		this.fencingToken = fencingToken;
	}

	@Override
	public String key() {
		return this.spec.key();
	}

	@Override
	public String ownerToken() {
		return this.ownerToken;
	}

	@Override
	public long fencingToken() {
		return this.fencingToken;
	}

	@Override
	public boolean isHeld() {
		return !this.closed;
	}

	@Override
	public Duration remaining() {
		return this.closed ? Duration.ZERO : LockSpec.MAX_DURATION;
	}

	@Override
	public void renew(Duration expire) {
		// Refuses the times that a real lease refuses.
		this.spec.expire(expire);
		if (this.closed) {
			throw new LockLostException(key(), Duration.ZERO, "the lease is closed");
		}
	}

	@Override
	public void onLost(Runnable callback) {
		// It cannot be lost.
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public CompletionStage<Void> closeAsync() {
		this.closed = true;
		return CompletableFuture.completedFuture(null);
	}

}
