/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

import io.github.redislocked.annotation.RedisLocked;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the annotation that counts for a method of a bean: its own, one of the method
 * that it overrides or implements, or else its class's.
 */
final class LockedAnnotations {

	/**
	 * Asked for every method of every bean, so not searched each time.
	 */
	private static final ClassValue<MergedAnnotation<RedisLocked>> OF_CLASSES = new ClassValue<>() {

		@Override
		protected MergedAnnotation<RedisLocked> computeValue(Class<?> type) {
			return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).get(RedisLocked.class);
		}

	};

	private LockedAnnotations() {
	}

	static boolean isCandidate(Class<?> targetClass) {
		return AnnotationUtils.isCandidateClass(targetClass, RedisLocked.class);
	}

	static Method specific(Method method, Class<?> targetClass) {
		// The methods of a JDK proxy class are final and have no parameter names; what
		// they
		// implement has.
		return Proxy.isProxyClass(targetClass) ? method : AopUtils.getMostSpecificMethod(method, targetClass);
	}

	static MergedAnnotation<RedisLocked> on(Method specific, Class<?> targetClass) {
		MergedAnnotation<RedisLocked> own = ownOf(specific);
		if (own.isPresent() || !isInterceptable(specific) || ReflectionUtils.isObjectMethod(specific)) {
			return own;
		}
		return OF_CLASSES.get(targetClass);
	}

	static MergedAnnotation<RedisLocked> ownOf(Method specific) {
		return MergedAnnotations.from(specific, SearchStrategy.TYPE_HIERARCHY).get(RedisLocked.class);
	}

	static boolean isInterceptable(Method specific) {
		return (specific.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL)) == 0;
	}

}
