/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.sample.live.Visitors.Greeting;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * Somebody who looks at the page. What is to be sent waits in a short queue: a visitor
 * who cannot keep up is sent away, comes again, and goes on where it was.
 */
final class Visitor implements Runnable {

	private static final int MOST_WAITING = 1000;

	// A sign of life, without which nobody notices that a visitor has gone.
	private static final int SIGN_OF_LIFE_SECONDS = 10;

	private static final Duration LONGEST_VISIT = Duration.ofMinutes(30);

	private final SseEmitter emitter;

	private final BlockingQueue<SseEventBuilder> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

	// What it was told last: on one thread after the other.
	private volatile int instances;

	private volatile boolean gone;

	Visitor(SseEmitter emitter) {
		this.emitter = emitter;
	}

	/**
	 * Greets, unless the visitor knows it all.
	 */
	void greet(Greeting greeting) {
		if (greeting.instances() == this.instances) {
			return;
		}
		this.instances = greeting.instances();
		send(SseEmitter.event().name("hello").data(greeting, MediaType.APPLICATION_JSON));
	}

	void send(List<Entry> entries) {
		if (!entries.isEmpty()) {
			String last = entries.get(entries.size() - 1).id();
			send(SseEmitter.event().id(last).data(entries, MediaType.APPLICATION_JSON));
		}
	}

	private void send(SseEventBuilder event) {
		if (!this.waiting.offer(event)) {
			leave();
		}
	}

	/**
	 * Sends what there is, until the visitor has gone or has looked for long. Nobody else
	 * may complete the response: sending holds a lock that the web server's threads would
	 * wait for, while they hold the one that sending needs.
	 */
	@Override
	public void run() {
		long begin = System.nanoTime();
		try {
			while (!this.gone && System.nanoTime() - begin < LONGEST_VISIT.toNanos()) {
				SseEventBuilder event = this.waiting.poll(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
				this.emitter.send((event != null) ? event : SseEmitter.event().comment("still here"));
			}
		}
		catch (IOException | IllegalStateException ex) {
			// It has gone.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		complete();
	}

	private void complete() {
		try {
			this.emitter.complete();
		}
		catch (IllegalStateException ex) {
			// The web server has noticed first that the visitor has gone.
		}
	}

	boolean hasGone() {
		return this.gone;
	}

	/**
	 * Lets the visit end.
	 */
	void leave() {
		this.gone = true;
		this.waiting.clear();
		// Wakes up who waits for more to send.
		this.waiting.offer(SseEmitter.event().comment("goodbye"));
	}

}
