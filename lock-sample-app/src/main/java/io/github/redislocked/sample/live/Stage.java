/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.Renewal;
import io.github.redislocked.sample.live.Happening.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Where shows run: one at a time on the same Redis, which a lock sees to, of course.
 */
class Stage implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Stage.class);

	private static final LockSpec STAGE = LockSpec.of("live:stage")
		.expire(Duration.ofSeconds(10))
		.renew(Renewal.ALWAYS)
		.timeout(Duration.ZERO)
		.name("Stage");

	/** How long it takes at most until nothing is left of a show that is broken off. */
	private static final int PATIENCE_SECONDS = 15;

	private final LockTemplate locks;

	private final Feed feed;

	private final Broadcast broadcast;

	private final Function<Show, Performance> performances;

	private final Map<ShowKind, Act> acts;

	private final ExecutorService thread = Executors.newSingleThreadExecutor(new CustomizableThreadFactory("show-"));

	Stage(LockTemplate locks, Feed feed, Broadcast broadcast, Function<Show, Performance> performances,
			List<Act> acts) {
		this.locks = locks;
		this.feed = feed;
		this.broadcast = broadcast;
		this.performances = performances;
		this.acts = acts.stream().collect(Collectors.toMap(Act::kind, Function.identity()));
	}

	/**
	 * Begins a show, unless another one runs on the same Redis.
	 * @param kind what is shown
	 * @param locked whether buyers use the lock
	 * @return the show, or empty if another one runs
	 */
	Optional<Show> begin(ShowKind kind, boolean locked) throws InterruptedException {
		Optional<Lease> stage = this.locks.tryAcquire(STAGE);
		if (stage.isEmpty()) {
			return Optional.empty();
		}
		Show show = Show.of(kind, locked || kind != ShowKind.BUYERS);
		this.thread.execute(() -> stage.get().run(() -> run(show, stage.get())));
		return Optional.of(show);
	}

	private void run(Show show, Lease lease) {
		Performance performance = this.performances.apply(show);
		this.broadcast.add(performance);
		try (lease) {
			this.feed.begin();
			performance.tell(Kind.BEGIN, "");
			performance.tell(Kind.END, perform(performance));
		}
		catch (RuntimeException ex) {
			logger.warn("The visitors could not be told of a show", ex);
		}
		finally {
			this.broadcast.remove(performance);
		}
	}

	private String perform(Performance performance) {
		try {
			return Objects.requireNonNull(this.acts.get(performance.show().kind())).perform(performance);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "The show was broken off: the instance that ran it is closing.";
		}
		catch (Exception ex) {
			logger.warn("A show was broken off", ex);
			return "The show was broken off: " + ex.getMessage();
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
		try {
			if (!this.thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				logger.warn("A show goes on although the application closes");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
