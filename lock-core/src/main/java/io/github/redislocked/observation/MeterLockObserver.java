/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.redislocked.LockObserver;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Counts locks by their names: those that are held, awaited, renewed, lost and handed
 * over. How long callers wait and hold comes from {@link ObservationLockObserver}.
 *
 * @since 0.1.0
 */
public final class MeterLockObserver implements LockObserver {

	private final MeterRegistry registry;

	private final Map<String, LockMeters> meters = new ConcurrentHashMap<>();

	/**
	 * Creates an observer.
	 * @param registry where the meters are
	 */
	public MeterLockObserver(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public Wait begin(String key, @Nullable String name) {
		LockMeters known = this.meters.get(Names.orNone(name));
		LockMeters all = (known != null) ? known
				: this.meters.computeIfAbsent(Names.orNone(name), (absent) -> new LockMeters(this.registry, absent));
		return all.begin();
	}

}
