/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/**
 * Resolves <code>${...}</code> in attributes. A placeholder without a value is refused:
 * as a literal key it would be one lock for everything.
 */
final class Placeholders {

	private final BeanFactory beanFactory;

	Placeholders(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	String resolve(String text, String attribute, LockedPlace place) {
		if (!text.contains("${")) {
			return text;
		}
		try {
			String resolved = (this.beanFactory instanceof ConfigurableBeanFactory configurable)
					? configurable.resolveEmbeddedValue(text) : null;
			if (resolved != null && !resolved.contains("${")) {
				return resolved;
			}
		}
		catch (IllegalArgumentException ex) {
			throw unresolved(text, attribute, place, ex);
		}
		throw unresolved(text, attribute, place, null);
	}

	private static InvalidRedisLockedException unresolved(String text, String attribute, LockedPlace place,
			@Nullable Throwable cause) {
		String problem = "a placeholder cannot be resolved";
		String action = "Define the property, or give a default after a colon, as in ${name:default}.";
		return (cause != null) ? place.refuse(attribute, text, problem, action, cause)
				: place.refuse(attribute, text, problem, action);
	}

}
