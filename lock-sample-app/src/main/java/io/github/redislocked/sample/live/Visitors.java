/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Everybody who looks at the page of this instance. They are sent home before the web
 * server waits for its last requests.
 */
class Visitors implements SmartLifecycle {

	static final int MOST = 64;

	private static final int COUNT_EVERY_SECONDS = 2;

	private static final Logger logger = LoggerFactory.getLogger(Visitors.class);

	private final Feed feed;

	private final Broadcast broadcast;

	private final Instance instance;

	private final Set<Visitor> visitors = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newCachedThreadPool(new CustomizableThreadFactory("visitor-"));

	private final ScheduledExecutorService counting = Executors
		.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("live-instances-"));

	private volatile boolean running;

	Visitors(Feed feed, Broadcast broadcast, Instance instance) {
		this.feed = feed;
		this.broadcast = broadcast;
		this.instance = instance;
		broadcast.add((entries) -> this.visitors.forEach((visitor) -> visitor.send(entries)));
	}

	/**
	 * Lets somebody look, first at what has been told of the last show.
	 * @param last the id of the last entry that the visitor has
	 * @return where it is sent, or empty if there are too many visitors
	 */
	Optional<SseEmitter> welcome(String last) {
		if (!this.running || this.visitors.size() >= MOST) {
			return Optional.empty();
		}
		SseEmitter emitter = new SseEmitter(0L);
		Visitor visitor = new Visitor(emitter);
		visitor.greet(greeting());
		emitter.onCompletion(() -> {
			visitor.leave();
			this.visitors.remove(visitor);
		});
		try {
			this.broadcast.betweenReads((upTo) -> admit(visitor, last, upTo));
			this.threads.execute(visitor);
		}
		catch (RejectedExecutionException ex) {
			return Optional.empty();
		}
		return Optional.of(emitter);
	}

	private Greeting greeting() {
		return new Greeting(this.instance.name(), this.feed.listeners(), this.feed.now(), HolderProcess.CAN_BE_FROZEN);
	}

	// Instances come and go, whether a show runs or not.
	private void greetAnew() {
		if (this.visitors.isEmpty()) {
			return;
		}
		try {
			Greeting greeting = greeting();
			this.visitors.forEach((visitor) -> visitor.greet(greeting));
		}
		catch (RuntimeException ex) {
			logger.debug("The instances could not be counted", ex);
		}
	}

	// On the thread that reads: so nothing is left out, or sent twice, between the past
	// and what follows.
	private void admit(Visitor visitor, String last, String upTo) {
		try {
			String id = last;
			List<Entry> missed = this.feed.between(id, upTo);
			while (!missed.isEmpty()) {
				visitor.send(missed);
				id = missed.get(missed.size() - 1).id();
				missed = this.feed.between(id, upTo);
			}
			this.visitors.add(visitor);
		}
		catch (RuntimeException ex) {
			logger.debug("A visitor is sent away, and comes again: what it has missed could not be read", ex);
			visitor.leave();
		}
		// Nobody else would take away one that had gone before it was here.
		if (visitor.hasGone()) {
			this.visitors.remove(visitor);
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.counting.scheduleWithFixedDelay(this::greetAnew, COUNT_EVERY_SECONDS, COUNT_EVERY_SECONDS,
				TimeUnit.SECONDS);
	}

	@Override
	public void stop() {
		this.running = false;
		this.counting.shutdownNow();
		this.visitors.forEach(Visitor::leave);
		// Those that wait to be admitted, which will not happen any more, leave by this.
		this.threads.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * What a visitor is told first, and again when there are more instances or fewer.
	 *
	 * @param instance who serves the page
	 * @param instances how many instances there are on the same Redis
	 * @param now the time of the clock by which is told, in milliseconds
	 * @param freezes whether this instance can freeze a process
	 */
	record Greeting(String instance, int instances, long now, boolean freezes) {

	}

}
