/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.redislocked.LockSpec;
import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.WaiterSnapshot;
import io.github.redislocked.store.LockInspection;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Shows the locks of one engine, and of the store that it uses.
 *
 * @since 0.1.0
 */
public final class EngineInspector implements LockInspector {

	private final Parts parts;

	/**
	 * Creates an inspector.
	 * @param engine whose locks it shows
	 */
	public EngineInspector(LockEngine engine) {
		this.parts = engine.parts();
	}

	@Override
	public List<LeaseSnapshot> held() {
		return this.parts.held()
			.stream()
			.filter((lock) -> lock.remainingNanos() > 0)
			.map(this::snapshot)
			.sorted(Comparator.comparing(LeaseSnapshot::key).thenComparing(LeaseSnapshot::fencingToken))
			.toList();
	}

	@Override
	public List<WaiterSnapshot> waiting() {
		// Looked up twice, so that nobody counts as waiting who was a holder, or has
		// become one.
		Set<Acquisition> holders = holders();
		Map<String, List<Acquisition>> callersOfKeys = this.parts.queues().callers();
		holders.addAll(holders());
		List<WaiterSnapshot> waiting = new ArrayList<>();
		for (List<Acquisition> callers : callersOfKeys.values()) {
			for (int i = 0; i < callers.size(); i++) {
				Acquisition caller = callers.get(i);
				if (!holders.contains(caller)) {
					waiting.add(snapshot(caller, i == 0));
				}
			}
		}
		return List.copyOf(waiting);
	}

	@Override
	public LockSnapshot inspect(String key) {
		return inspection().inspect(LockSpec.of(key).key());
	}

	@Override
	public LockPage list(@Nullable String cursor, int limit) {
		if (limit < 1 || limit > LockPage.MAX_LIMIT) {
			throw new IllegalArgumentException(
					"limit is %d, but must be from 1 to %d: how many locks to look at for one page".formatted(limit,
							LockPage.MAX_LIMIT));
		}
		return inspection().list(cursor, limit);
	}

	@Override
	public boolean forceRelease(String key, String ownerToken) {
		OwnerToken token = OwnerToken.parse(ownerToken);
		boolean released = inspection().forceRelease(LockSpec.of(key).key(), token) == ReleaseAnswer.RELEASED;
		if (released) {
			LockNotices.forceReleased(this.parts, key, token);
			this.parts.held()
				.stream()
				.filter((lock) -> lock.grant().token().equals(token) && lock.terms().key().equals(key))
				.forEach((lock) -> lock.lose(this.parts.now(), Loss.BY_OPERATOR));
		}
		return released;
	}

	private Set<Acquisition> holders() {
		return this.parts.held().stream().map(HeldLock::caller).collect(Collectors.toCollection(HashSet::new));
	}

	private LockInspection inspection() {
		return this.parts.store()
			.inspection()
			.orElseThrow(() -> new UnsupportedOperationException("The store of these locks cannot be inspected"));
	}

	private LeaseSnapshot snapshot(HeldLock lock) {
		List<HoldingThreads> holders = lock.holders().stream().map(LossCallbacks::threads).toList();
		List<String> threads = holders.stream().flatMap((holder) -> holder.names().stream()).distinct().toList();
		int subscriptions = (int) holders.stream().filter((holder) -> !holder.areKnown()).count();
		return new LeaseSnapshot(lock.terms().key(), lock.terms().name(), lock.grant().token().toString(),
				lock.grant().fencingToken(), Duration.ofNanos(this.parts.now() - lock.grant().since()),
				Duration.ofNanos(lock.remainingNanos()), lock.watch().renewals(), threads, subscriptions);
	}

	private static WaiterSnapshot snapshot(Acquisition caller, boolean contending) {
		return new WaiterSnapshot(caller.terms().key(), caller.terms().name(),
				Duration.ofNanos(caller.budget().waited()), Duration.ofNanos(caller.budget().remaining()), contending);
	}

}
