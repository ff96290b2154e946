/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyConfig;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Refuses beans whose {@link io.github.redislocked.annotation.RedisLocked @RedisLocked}
 * methods would run without their locks, or could never run: before a proxy is made, and
 * whether or not one will be.
 *
 * @since 0.1.0
 */
public final class RedisLockedValidator implements BeanPostProcessor, PriorityOrdered {

	private static final Log logger = LogFactory.getLog(RedisLockedValidator.class);

	private final LockedMethodSource source;

	private final BeanFactory beanFactory;

	private final Map<Class<?>, Boolean> locked = new ConcurrentHashMap<>();

	/**
	 * Creates a validator.
	 * @param source reads the annotations
	 * @param beanFactory where the beans are
	 */
	public RedisLockedValidator(LockedMethodSource source, BeanFactory beanFactory) {
		this.source = source;
		this.beanFactory = beanFactory;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The first of all, so as to see the bean before the auto-proxy creator does.
	 */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/**
	 * {@inheritDoc}
	 * @throws InvalidRedisLockedException if an annotation of the bean could not work
	 */
	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		hasLockedMethods(AopProxyUtils.ultimateTargetClass(bean));
		return bean;
	}

	/**
	 * Returns whether a class has locked methods, which are all in order then.
	 * @param type the class of a bean
	 * @return {@code true} if it has
	 * @throws InvalidRedisLockedException if an annotation could not work
	 */
	boolean hasLockedMethods(Class<?> type) {
		Boolean known = this.locked.get(type);
		if (known == null) {
			known = LockedAnnotations.isCandidate(type) && readMethods(type);
			this.locked.put(type, known);
		}
		return known;
	}

	private boolean readMethods(Class<?> type) {
		Set<Method> lockedMethods = new LinkedHashSet<>();
		try {
			collect(type, type, lockedMethods);
			ClassUtils.getAllInterfacesForClassAsSet(type)
				.forEach((declaring) -> collect(declaring, type, lockedMethods));
		}
		catch (IllegalStateException | LinkageError ex) {
			// Something in a signature is not on the class path. Only a bean that is
			// never
			// proxied gets this far with it: the auto-proxy creator reads signatures too.
			logger.debug("Could not read the methods of " + type.getName(), ex);
		}
		for (Method method : lockedMethods) {
			requireInterceptable(method, type);
			this.source.find(method, type);
		}
		return !lockedMethods.isEmpty();
	}

	private static void collect(Class<?> declaring, Class<?> type, Set<Method> lockedMethods) {
		ReflectionUtils.doWithMethods(declaring, (method) -> {
			Method specific = LockedAnnotations.specific(method, type);
			if (LockedAnnotations.on(specific, type).isPresent()) {
				lockedMethods.add(specific);
			}
		}, ReflectionUtils.USER_DECLARED_METHODS);
	}

	private void requireInterceptable(Method method, Class<?> type) {
		LockedPlace place = new LockedPlace(type, method);
		if (!LockedAnnotations.isInterceptable(method)) {
			throw place.refuse(
					"a proxy cannot intercept a method that is " + Modifier
						.toString(method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL)),
					"Make the method overridable, or take the lock inside it with a LockTemplate.");
		}
		if (Modifier.isFinal(type.getModifiers()) && !isProxiedByInterface(type)) {
			throw new LockedPlace(type, null).refuse("a proxy cannot extend a class that is final",
					"Make the class extensible, or have it implement an interface and be proxied by that.");
		}
	}

	private boolean isProxiedByInterface(Class<?> type) {
		if (Proxy.isProxyClass(type) || ClassUtils.isLambdaClass(type)) {
			return true;
		}
		boolean proxyTargetClass = this.beanFactory instanceof SingletonBeanRegistry registry
				&& registry.getSingleton(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME) instanceof ProxyConfig config
				&& config.isProxyTargetClass();
		return !proxyTargetClass && ClassUtils.getAllInterfacesForClassAsSet(type)
			.stream()
			.anyMatch((candidate) -> candidate.getMethods().length > 0 && !candidate.getName().startsWith("java."));
	}

}
