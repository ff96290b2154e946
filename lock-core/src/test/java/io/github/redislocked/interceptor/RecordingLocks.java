/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.redislocked.Lease;
import io.github.redislocked.LockCallback;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;

/**
 * A template that remembers what it was asked for, and fails on demand.
 */
class RecordingLocks implements LockTemplate {

	final List<String> events = new ArrayList<>();

	final List<LockSpec> specs = new ArrayList<>();

	final Set<String> taken = new HashSet<>();

	final Set<String> lost = new HashSet<>();

	final List<Runnable> callbacks = new CopyOnWriteArrayList<>();

	@Override
	public Lease acquire(LockSpec spec) throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException("while waiting");
		}
		this.events.add("acquire " + spec.key());
		this.specs.add(spec);
		if (this.taken.contains(spec.key())) {
			throw new LockNotAcquiredException(spec.key(), Duration.ofSeconds(3), "someone", "timeout", null);
		}
		return new RecordedLease(spec.key());
	}

	@Override
	public List<Lease> acquireAll(Collection<LockSpec> specs) throws InterruptedException {
		this.events.add("all");
		List<Lease> leases = new ArrayList<>();
		for (LockSpec spec : specs) {
			leases.add(acquire(spec));
		}
		return leases;
	}

	List<String> keys() {
		return this.specs.stream().map(LockSpec::key).toList();
	}

	@Override
	public Optional<Lease> tryAcquire(LockSpec spec) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T, E extends Throwable> T execute(LockSpec spec, LockCallback<T, E> action) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletionStage<Lease> acquireAsync(LockSpec spec) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletionStage<List<Lease>> acquireAllAsync(Collection<LockSpec> specs) {
		throw new UnsupportedOperationException();
	}

	private final class RecordedLease implements Lease {

		private final String key;

		RecordedLease(String key) {
			this.key = key;
		}

		@Override
		public String key() {
			return this.key;
		}

		@Override
		public String ownerToken() {
			return "owner";
		}

		@Override
		public long fencingToken() {
			return 1;
		}

		@Override
		public boolean isHeld() {
			return true;
		}

		@Override
		public Duration remaining() {
			return Duration.ofSeconds(1);
		}

		@Override
		public void renew(Duration expire) {
		}

		@Override
		public void onLost(Runnable callback) {
			RecordingLocks.this.callbacks.add(callback);
		}

		@Override
		public void close() {
			RecordingLocks.this.events.add("close " + this.key);
			if (RecordingLocks.this.lost.contains(this.key)) {
				throw new LockLostException(this.key, Duration.ZERO, "test");
			}
		}

		@Override
		public CompletionStage<Void> closeAsync() {
			return CompletableFuture.runAsync(this::close, Runnable::run);
		}

	}

}
