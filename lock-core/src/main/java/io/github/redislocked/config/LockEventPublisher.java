/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.Collection;
import java.util.stream.Stream;

import io.github.redislocked.FrequentLockEvent;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockListener;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes what becomes of locks as application events. Of what comes with every use of
 * a lock it publishes only the kinds that an application listener asks for. One that
 * listens to everything does not: it has not asked for locks.
 */
final class LockEventPublisher implements LockListener {

	private final ApplicationContext context;

	LockEventPublisher(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onLockEvent(LockEvent event) {
		this.context.publishEvent(event);
	}

	@Override
	public boolean wants(Class<? extends LockEvent> kind) {
		return !FrequentLockEvent.class.isAssignableFrom(kind)
				|| listeners().anyMatch((listener) -> supports(listener, kind) && !supports(listener, Unrelated.class));
	}

	// An event is published in the parents of a context, too.
	private Stream<GenericApplicationListener> listeners() {
		return Stream.<ApplicationContext>iterate(this.context, (each) -> each != null, ApplicationContext::getParent)
			.filter(AbstractApplicationContext.class::isInstance)
			.map((each) -> ((AbstractApplicationContext) each).getApplicationListeners())
			.flatMap(Collection::stream)
			.map(LockEventPublisher::generic);
	}

	private static GenericApplicationListener generic(ApplicationListener<?> listener) {
		return (listener instanceof GenericApplicationListener generic) ? generic
				: new GenericApplicationListenerAdapter(listener);
	}

	private static boolean supports(GenericApplicationListener listener, Class<?> payload) {
		return listener.supportsEventType(ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, payload));
	}

	/**
	 * The payload of an event that is never published.
	 */
	private static final class Unrelated {

	}

}
