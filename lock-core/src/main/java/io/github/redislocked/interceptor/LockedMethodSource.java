/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.inspection.MethodSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.ClassUtils;

/**
 * Knows the locked methods: each is read from its annotation once, and found again by
 * every method through which it can be called.
 *
 * @since 0.1.0
 */
public final class LockedMethodSource {

	private final LockedMethodReader reader;

	private final Map<MethodClassKey, Optional<LockedMethod>> methods = new ConcurrentHashMap<>();

	/**
	 * Creates a source without adapters.
	 * @param beanFactory where placeholders are resolved, and beans that keys refer to
	 * are found
	 */
	public LockedMethodSource(BeanFactory beanFactory) {
		this(beanFactory, List.of());
	}

	/**
	 * Creates a source.
	 * @param beanFactory where placeholders are resolved, and beans that keys refer to
	 * are found
	 * @param adapters for results of types that need not be there
	 */
	public LockedMethodSource(BeanFactory beanFactory, List<ResultAdapter> adapters) {
		this.reader = new LockedMethodReader(beanFactory, List.copyOf(adapters));
	}

	/**
	 * Returns what the annotations of all beans were understood as that have been created
	 * so far.
	 * @return the methods, by class and name
	 */
	public List<MethodSnapshot> methods() {
		return this.methods.values()
			.stream()
			.flatMap(Optional::stream)
			.map(LockedMethod::snapshot)
			.distinct()
			.sorted(Comparator.comparing(MethodSnapshot::method))
			.toList();
	}

	/**
	 * Returns what is known of a method.
	 * @param method the method, perhaps one of an interface
	 * @param targetClass the class it is called on
	 * @return the locked method, or {@code null} if it is not locked
	 * @throws InvalidRedisLockedException if its annotation could not work
	 */
	@Nullable LockedMethod find(Method method, Class<?> targetClass) {
		MethodClassKey key = new MethodClassKey(method, targetClass);
		Optional<LockedMethod> known = this.methods.get(key);
		if (known == null) {
			known = findSpecific(method, ClassUtils.getUserClass(targetClass));
			this.methods.put(key, known);
		}
		return known.orElse(null);
	}

	private Optional<LockedMethod> findSpecific(Method method, Class<?> userClass) {
		Method specific = LockedAnnotations.specific(method, userClass);
		MethodClassKey key = new MethodClassKey(specific, userClass);
		Optional<LockedMethod> known = this.methods.get(key);
		if (known == null) {
			MergedAnnotation<RedisLocked> annotation = LockedAnnotations.on(specific, userClass);
			known = annotation.isPresent() ? Optional.of(this.reader.read(annotation, specific, userClass))
					: Optional.empty();
			this.methods.put(key, known);
		}
		return known;
	}

}
