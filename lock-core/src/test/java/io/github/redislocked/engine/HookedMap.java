/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * Lets others come in between a change of the local queues and what follows it.
 */
final class HookedMap extends ConcurrentHashMap<String, Object> {

	private static final long serialVersionUID = 1L;

	final transient AtomicReference<@Nullable Runnable> afterNextJoin = new AtomicReference<>();

	final transient AtomicReference<@Nullable Runnable> afterNextChange = new AtomicReference<>();

	static HookedMap of(LockEngine engine) {
		HookedMap map = new HookedMap();
		ReflectionTestUtils.setField(engine.parts().queues(), "lines", map);
		return map;
	}

	@Override
	public @Nullable Object compute(String key, BiFunction<? super String, ? super Object, ?> function) {
		Object value = super.compute(key, function);
		run(this.afterNextJoin);
		return value;
	}

	@Override
	public @Nullable Object computeIfPresent(String key, BiFunction<? super String, ? super Object, ?> function) {
		Object value = super.computeIfPresent(key, function);
		run(this.afterNextChange);
		return value;
	}

	private static void run(AtomicReference<@Nullable Runnable> hook) {
		Runnable next = hook.getAndSet(null);
		if (next != null) {
			next.run();
		}
	}

}
