/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.redislocked.FrequentLockEvent;
import io.github.redislocked.LeaseAcquired;
import io.github.redislocked.LeaseEndangered;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LeaseReleased;
import io.github.redislocked.LeaseRenewed;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockForceReleased;
import io.github.redislocked.LockListener;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.ReleaseFailed;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Brings events to the listeners. Each has a queue of its own, so that none holds up
 * another. Who they are is asked when there is first something to tell, and on a thread
 * for callbacks: finding them may take long, and may need locks.
 * <p>
 * {@linkplain FrequentLockEvent Frequent} kinds are told from the moment that somebody is
 * known who wants them.
 */
final class LockEvents {

	static final List<Class<? extends LockEvent>> KINDS = List.of(LeaseAcquired.class, LeaseReleased.class,
			LockNotAcquired.class, LeaseRenewed.class, LeaseEndangered.class, LeaseLost.class, ReleaseFailed.class,
			LockForceReleased.class);

	private static final Log logger = LogFactory.getLog(LockEvents.class);

	private final EngineThreads threads;

	private final Supplier<? extends Collection<LockListener>> listeners;

	private final EventQueue all;

	private volatile @Nullable List<Receiver> receivers;

	/**
	 * The frequent kinds that somebody wants.
	 */
	private volatile Set<Class<? extends LockEvent>> wanted = Set.of();

	LockEvents(EngineThreads threads, Supplier<? extends Collection<LockListener>> listeners) {
		this.threads = threads;
		this.listeners = listeners;
		this.all = new EventQueue(threads, this::distribute);
	}

	/**
	 * Asks who the listeners are, soon; also if they are known, because those who were
	 * asked before the application had started may have wanted less.
	 */
	void ask() {
		this.threads.tell(() -> {
			try {
				findAnew();
			}
			catch (Throwable ex) {
				logger.error("The listeners to locks could not be found; they are asked for again later", ex);
			}
		});
	}

	/**
	 * Returns whether any frequent kind is wanted, as far as is known.
	 * @return {@code true} if one is
	 */
	boolean areFrequentWanted() {
		return !this.wanted.isEmpty();
	}

	/**
	 * Returns whether a frequent kind is wanted, as far as is known.
	 * @param kind the type of the events
	 * @return {@code true} if they are to be published
	 */
	boolean wants(Class<? extends FrequentLockEvent> kind) {
		return this.wanted.contains(kind);
	}

	/**
	 * Tells an event to every listener that wants it, later.
	 * @param event makes the event, if anybody is to be told
	 */
	void publish(Supplier<? extends LockEvent> event) {
		List<Receiver> known = this.receivers;
		if (known == null || !known.isEmpty()) {
			this.all.add(event.get());
		}
	}

	private void distribute(LockEvent event) {
		find().forEach((receiver) -> receiver.tell(event));
	}

	private synchronized List<Receiver> find() {
		List<Receiver> known = this.receivers;
		return (known != null) ? known : findAnew();
	}

	private synchronized List<Receiver> findAnew() {
		List<Receiver> before = (this.receivers != null) ? this.receivers : List.of();
		List<Receiver> found = this.listeners.get().stream().map((listener) -> receiver(listener, before)).toList();
		this.receivers = found;
		this.wanted = found.stream()
			.flatMap((receiver) -> receiver.kinds().stream())
			.filter(FrequentLockEvent.class::isAssignableFrom)
			.collect(Collectors.toUnmodifiableSet());
		return found;
	}

	// One that is known keeps its queue, in which events may wait for it.
	private Receiver receiver(LockListener listener, List<Receiver> known) {
		Set<Class<? extends LockEvent>> kinds = KINDS.stream()
			.filter((kind) -> wants(listener, kind))
			.collect(Collectors.toUnmodifiableSet());
		EventQueue queue = known.stream()
			.filter((receiver) -> receiver.listener() == listener)
			.map(Receiver::queue)
			.findFirst()
			.orElseGet(() -> new EventQueue(this.threads, listener::onLockEvent));
		return new Receiver(listener, queue, kinds);
	}

	private static boolean wants(LockListener listener, Class<? extends LockEvent> kind) {
		try {
			return listener.wants(kind);
		}
		catch (Throwable ex) {
			logger.error("A listener to locks could not say whether it wants " + kind.getSimpleName(), ex);
			return !FrequentLockEvent.class.isAssignableFrom(kind);
		}
	}

	private record Receiver(LockListener listener, EventQueue queue, Set<Class<? extends LockEvent>> kinds) {

		void tell(LockEvent event) {
			if (this.kinds.contains(event.getClass())) {
				this.queue.add(event);
			}
		}

	}

}
