/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;

/**
 * The names under which keys see the parameters of a method.
 *
 * @param indexes position of the parameter by name, {@code p0} and {@code a0} included
 * @param declared names in the source, empty if the class was compiled without them
 */
record ParameterNames(Map<String, Integer> indexes, List<String> declared) {

	private static final ParameterNameDiscoverer DISCOVERER = new DefaultParameterNameDiscoverer();

	/**
	 * Returns the names of a method's parameters.
	 * @param method the method that runs
	 * @param annotated the method that has the annotation, perhaps an interface's: where
	 * it names a parameter differently, keys are written in its names
	 * @return the names
	 */
	static ParameterNames of(Method method, Method annotated) {
		Map<String, Integer> indexes = new HashMap<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			indexes.put("p" + i, i);
			indexes.put("a" + i, i);
		}
		add(DISCOVERER.getParameterNames(method), indexes);
		String[] declared = DISCOVERER.getParameterNames(annotated);
		add(declared, indexes);
		return new ParameterNames(Map.copyOf(indexes), (declared != null) ? List.of(declared) : List.of());
	}

	private static void add(@Nullable String @Nullable [] names, Map<String, Integer> indexes) {
		for (int i = 0; names != null && i < names.length; i++) {
			String name = names[i];
			if (name != null) {
				indexes.put(name, i);
			}
		}
	}

}
