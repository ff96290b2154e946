/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import io.github.redislocked.Lease;
import io.github.redislocked.LockCallback;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Locks nothing: every acquisition is granted at once, without Redis. For tests and for
 * applications of one instance, where {@code redis-lock.enabled} is {@code false}.
 *
 * @since 0.1.0
 */
public final class UnlockedTemplate implements LockTemplate {

	private final InstantSource clock;

	private final AtomicLong fencingToken = new AtomicLong();

	/**
	 * Creates a template, and says so in the log.
	 * @param clock gives the fencing tokens, its time in microseconds
	 */
	public UnlockedTemplate(InstantSource clock) {
		this.clock = clock;
		LogFactory.getLog(UnlockedTemplate.class)
			.warn("Locks are switched off (redis-lock.enabled is false): every lock is granted at once, to everybody");
	}

	@Override
	public Lease acquire(LockSpec spec) {
		// As with real locks: inside, the same key is the same lock.
		Lease current = Lease.current(spec.key()).filter(Lease::isHeld).orElse(null);
		long token = (current != null) ? current.fencingToken() : nextFencingToken();
		return new UnlockedLease(spec, (current != null) ? current.ownerToken() : "unlocked:" + token, token);
	}

	@Override
	public Optional<Lease> tryAcquire(LockSpec spec) {
		return Optional.of(acquire(spec));
	}

	@Override
	public List<Lease> acquireAll(Collection<LockSpec> specs) {
		if (specs.isEmpty()) {
			throw new IllegalArgumentException("No lock was named; give at least one spec");
		}
		Map<String, Lease> leases = new LinkedHashMap<>();
		specs.forEach((spec) -> leases.computeIfAbsent(spec.key(), (absent) -> acquire(spec)));
		return List.copyOf(leases.values());
	}

	@Override
	public <T extends @Nullable Object, E extends Throwable> T execute(LockSpec spec, LockCallback<T, E> action)
			throws E {
		try (Lease lease = acquire(spec)) {
			return lease.call(action);
		}
	}

	@Override
	public CompletionStage<Lease> acquireAsync(LockSpec spec) {
		return CompletableFuture.completedFuture(acquire(spec));
	}

	@Override
	public CompletionStage<List<Lease>> acquireAllAsync(Collection<LockSpec> specs) {
		return CompletableFuture.completedFuture(acquireAll(specs));
	}

	private long nextFencingToken() {
		long now = ChronoUnit.MICROS.between(Instant.EPOCH, this.clock.instant());
		return this.fencingToken.accumulateAndGet(now, (last, time) -> Math.max(last + 1, time));
	}

}
