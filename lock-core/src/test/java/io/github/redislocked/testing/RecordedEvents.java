/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.redislocked.LockEvent;
import io.github.redislocked.LockListener;
import org.awaitility.Awaitility;

/**
 * Remembers the events that it was told, and by which threads.
 */
public final class RecordedEvents implements LockListener {

	private final List<LockEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> threads = new CopyOnWriteArrayList<>();

	private final boolean frequent;

	public RecordedEvents() {
		this(false);
	}

	private RecordedEvents(boolean frequent) {
		this.frequent = frequent;
	}

	/**
	 * Listens to everything, also to what comes with every use of a lock.
	 * @return what it is told
	 */
	public static RecordedEvents ofAllKinds() {
		return new RecordedEvents(true);
	}

	@Override
	public boolean wants(Class<? extends LockEvent> kind) {
		return this.frequent || LockListener.super.wants(kind);
	}

	@Override
	public void onLockEvent(LockEvent event) {
		this.threads.add(Thread.currentThread().getName());
		this.events.add(event);
	}

	public List<LockEvent> events() {
		return List.copyOf(this.events);
	}

	public List<String> threads() {
		return List.copyOf(this.threads);
	}

	/**
	 * Waits for events.
	 * @param count how many there must be at least
	 * @return all events
	 */
	public List<LockEvent> await(int count) {
		Awaitility.await().until(() -> this.events.size() >= count);
		return events();
	}

	/**
	 * Waits for the first event.
	 * @param type its type
	 * @param <T> its type
	 * @return the event
	 */
	public <T extends LockEvent> T awaitFirst(Class<T> type) {
		return type.cast(await(1).get(0));
	}

}
