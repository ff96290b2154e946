/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * A map whose computations are points: others may come in before and after each, and, if
 * it is torn, in between.
 *
 * @param <V> type of the values
 */
final class PointedMap<V> extends ConcurrentHashMap<String, V> {

	private static final long serialVersionUID = 1L;

	private final transient Interleavings steps;

	private final transient boolean torn;

	private final transient List<Integer> computed;

	PointedMap(Interleavings steps, boolean torn, List<Integer> computed) {
		this.steps = steps;
		this.torn = torn;
		this.computed = computed;
	}

	@Override
	public @Nullable V compute(String key, BiFunction<? super String, ? super V, ? extends V> function) {
		this.steps.point();
		V value = this.torn ? tear(key, function) : super.compute(key, function);
		this.computed.add(this.steps.current());
		this.steps.point();
		return value;
	}

	@Override
	public @Nullable V computeIfPresent(String key, BiFunction<? super String, ? super V, ? extends V> function) {
		this.steps.point();
		V value = (this.torn && containsKey(key)) ? tear(key, function) : super.computeIfPresent(key, function);
		this.steps.point();
		return value;
	}

	private @Nullable V tear(String key, BiFunction<? super String, ? super V, ? extends V> function) {
		V old = get(key);
		this.steps.point();
		V value = function.apply(key, old);
		if (value != null) {
			put(key, value);
		}
		else {
			remove(key);
		}
		return value;
	}

}
