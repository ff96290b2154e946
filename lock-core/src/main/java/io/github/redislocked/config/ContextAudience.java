/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.github.redislocked.LockListener;
import io.github.redislocked.LockObserver;
import io.github.redislocked.engine.LockAudience;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;

/**
 * The beans that are told what becomes of locks, and the context itself.
 *
 * @param listening the listeners, asked for late: one may use locks itself
 * @param observing the observers
 * @param settings the settings, if the application has any
 * @param context where application events are published
 */
record ContextAudience(ObjectProvider<LockListener> listening, ObjectProvider<LockObserver> observing,
		ObjectProvider<ObservabilitySettings> settings, ApplicationContext context) implements LockAudience {

	@Override
	public Collection<LockListener> listeners() {
		return Stream.concat(this.listening.orderedStream(), Stream.of(new LockEventPublisher(this.context))).toList();
	}

	@Override
	public List<LockObserver> observers() {
		return this.observing.orderedStream().toList();
	}

	@Override
	public Duration longHold() {
		return this.settings.getIfAvailable(ObservabilitySettings::defaults).longHold();
	}

}
