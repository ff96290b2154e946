/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.List;

import io.github.redislocked.interceptor.ResultAdapter;
import io.github.redislocked.reactive.PublisherAdapter;

import org.springframework.util.ClassUtils;

/**
 * Finds the adapters for results of those libraries that are there.
 */
final class ResultAdapters {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Flux",
			ResultAdapters.class.getClassLoader());

	private ResultAdapters() {
	}

	static List<ResultAdapter> present() {
		return REACTOR ? List.of(Reactive.adapter()) : List.of();
	}

	// Loaded only where Reactor is.
	private static final class Reactive {

		private static ResultAdapter adapter() {
			return new PublisherAdapter();
		}

	}

}
