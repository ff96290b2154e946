/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockObserver.RenewalOutcome;
import io.github.redislocked.LockOrigin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meters of the locks with one name. All of them are there from the beginning, so
 * that a rate knows its zero. One object serves all waits and holds: it only counts.
 */
final class LockMeters implements LockObserver.Wait, LockObserver.Hold {

	private static final String NAME = "name";

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger held = new AtomicInteger();

	private final Counter lost;

	private final Map<RenewalOutcome, Counter> renewals = new EnumMap<>(RenewalOutcome.class);

	private final Map<LockOrigin, Counter> handovers = new EnumMap<>(LockOrigin.class);

	LockMeters(MeterRegistry registry, String name) {
		Gauge.builder("redis.lock.waiting", this.waiting, AtomicInteger::get)
			.description("Callers of this process that are on their way to a lock")
			.tag(NAME, name)
			.register(registry);
		Gauge.builder("redis.lock.held", this.held, AtomicInteger::get)
			.description("Locks that this process holds")
			.tag(NAME, name)
			.register(registry);
		this.lost = Counter.builder("redis.lock.lost")
			.description("Locks that were lost before they were released")
			.tag(NAME, name)
			.register(registry);
		for (RenewalOutcome outcome : RenewalOutcome.values()) {
			this.renewals.put(outcome,
					Counter.builder("redis.lock.renewals")
						.description("Renewals of leases")
						.tag(NAME, name)
						.tag("outcome", lowerCase(outcome))
						.register(registry));
		}
		for (LockOrigin origin : new LockOrigin[] { LockOrigin.LOCAL, LockOrigin.REMOTE }) {
			this.handovers.put(origin,
					Counter.builder("redis.lock.handover")
						.description("Locks that came from another caller of this process (local) or from another"
								+ " process (remote)")
						.tag(NAME, name)
						.tag("type", lowerCase(origin))
						.register(registry));
		}
	}

	LockObserver.Wait begin() {
		this.waiting.incrementAndGet();
		return this;
	}

	@Override
	public LockObserver.Hold acquired(long fencingToken, LockOrigin origin) {
		this.waiting.decrementAndGet();
		this.held.incrementAndGet();
		Counter handover = this.handovers.get(origin);
		if (handover != null) {
			handover.increment();
		}
		return this;
	}

	@Override
	public void shared() {
		this.waiting.decrementAndGet();
	}

	@Override
	public void failed(LockNotAcquired.Reason reason, Throwable failure) {
		this.waiting.decrementAndGet();
	}

	@Override
	public void renewed(RenewalOutcome outcome) {
		Objects.requireNonNull(this.renewals.get(outcome)).increment();
	}

	@Override
	public void released() {
		this.held.decrementAndGet();
	}

	@Override
	public void lost(LeaseLost.Noticed noticed) {
		this.lost.increment();
		if (noticed == LeaseLost.Noticed.WHILE_HELD) {
			this.held.decrementAndGet();
		}
	}

	private static String lowerCase(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
