/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.Map;

import io.github.redislocked.LockTemplate;
import io.github.redislocked.config.EnableRedisLocks;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/**
 * A context with locked beans, and with recorded locks instead of real ones.
 */
final class LockedBeans implements AutoCloseable {

	final RecordingLocks locks = new RecordingLocks();

	final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private LockedBeans(Map<String, Object> properties, Class<?>... components) {
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
		this.context.registerBean("redisLockTemplate", LockTemplate.class, () -> this.locks);
		this.context.register(Enabled.class);
		this.context.register(components);
		this.context.refresh();
	}

	static LockedBeans of(Class<?>... components) {
		return new LockedBeans(Map.of(), components);
	}

	static LockedBeans with(Map<String, Object> properties, Class<?>... components) {
		return new LockedBeans(properties, components);
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class Enabled {

	}

}
