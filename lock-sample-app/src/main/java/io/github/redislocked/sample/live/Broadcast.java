/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Reads what is told and hands it to everybody in this process, in order, on one thread.
 * A message is only a hint that there is more; one that was missed is made up for by the
 * next.
 */
class Broadcast implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Broadcast.class);

	private static final Duration LOOK_ANYWAY = Duration.ofSeconds(2);

	private final Feed feed;

	private final RedisMessageListenerContainer messages = new RedisMessageListenerContainer();

	private final ScheduledExecutorService thread = Executors
		.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("live-feed-"));

	private final List<Consumer<List<Entry>>> readers = new CopyOnWriteArrayList<>();

	private final AtomicBoolean due = new AtomicBoolean();

	// Only for the one thread.
	private String last = Feed.START;

	private volatile boolean running;

	Broadcast(Feed feed, RedisConnectionFactory connections) {
		this.feed = feed;
		this.messages.setConnectionFactory(connections);
		// A hint takes no time; reading has a thread of its own.
		this.messages.setTaskExecutor(Runnable::run);
		this.messages.setSubscriptionExecutor(new SimpleAsyncTaskExecutor("live-messages-"));
		this.messages.addMessageListener((message, pattern) -> readOn(), new ChannelTopic(LiveKeys.CHANNEL));
		this.messages.afterPropertiesSet();
	}

	/**
	 * Adds a reader of what is told from now on.
	 * @param reader is called on the thread that reads, so it must not take its time
	 */
	void add(Consumer<List<Entry>> reader) {
		this.readers.add(reader);
	}

	void remove(Consumer<List<Entry>> reader) {
		this.readers.remove(reader);
	}

	/**
	 * Runs something on the thread that reads.
	 * @param action receives the id of the last entry that all readers have
	 */
	void betweenReads(Consumer<String> action) {
		this.thread.execute(() -> action.accept(this.last));
	}

	private void readOn() {
		if (this.due.compareAndSet(false, true)) {
			this.thread.execute(this::read);
		}
	}

	private void read() {
		this.due.set(false);
		try {
			List<Entry> entries = this.feed.after(this.last);
			while (!entries.isEmpty()) {
				for (Consumer<List<Entry>> reader : this.readers) {
					hand(entries, reader);
				}
				this.last = entries.get(entries.size() - 1).id();
				entries = this.feed.after(this.last);
			}
		}
		catch (RuntimeException ex) {
			// The next look finds what is missing now.
			logger.debug("What is told could not be read", ex);
		}
	}

	// A reader that fails does not keep the others from what was told.
	private static void hand(List<Entry> entries, Consumer<List<Entry>> reader) {
		try {
			reader.accept(entries);
		}
		catch (RuntimeException ex) {
			logger.warn("A reader failed at what was told", ex);
		}
	}

	@Override
	public void start() {
		this.last = this.feed.newest();
		this.messages.start();
		this.thread.scheduleWithFixedDelay(this::read, LOOK_ANYWAY.toMillis(), LOOK_ANYWAY.toMillis(),
				TimeUnit.MILLISECONDS);
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.thread.shutdownNow();
		try {
			this.messages.destroy();
		}
		catch (Exception ex) {
			logger.debug("The subscription could not be ended", ex);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
