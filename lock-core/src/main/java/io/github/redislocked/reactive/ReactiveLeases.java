/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The current leases of a Reactor pipeline, which travel in its context: what
 * {@link Lease#current()} is to a thread.
 *
 * <pre>{@code
 * ReactiveLeases.current().flatMap(lease -> store.write(order, lease.fencingToken()))
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ReactiveLeases {

	/**
	 * Also the key of Micrometer's context propagation, so that both see the same.
	 */
	private static final Object KEY = LeaseScope.class;

	private ReactiveLeases() {
	}

	/**
	 * Returns the innermost lease of the pipeline that this is subscribed to in.
	 * @return the lease of the locked method around it, or empty outside of one
	 */
	public static Mono<Lease> current() {
		return Mono.deferContextual((context) -> Mono.justOrEmpty(in(context).stream().findFirst()));
	}

	/**
	 * Returns the current lease on a key, which need not be the innermost one.
	 * @param key the key, as the user names it
	 * @return the innermost lease of the pipeline on that key, or empty if there is none
	 */
	public static Mono<Lease> current(String key) {
		return Mono.deferContextual((context) -> Mono
			.justOrEmpty(in(context).stream().filter((lease) -> lease.key().equals(key)).findFirst()));
	}

	/**
	 * Returns the current leases of a pipeline, and around it those of the thread that
	 * subscribes.
	 * @param context the pipeline's context
	 * @return the leases, the innermost first
	 */
	static List<Lease> around(ContextView context) {
		List<Lease> leases = new ArrayList<>(in(context));
		LeaseScope.leases().stream().filter((lease) -> !leases.contains(lease)).forEach(leases::add);
		return leases;
	}

	static Context with(List<Lease> leases, Context context) {
		return context.put(KEY, List.copyOf(leases));
	}

	private static List<Lease> in(ContextView context) {
		return context.getOrDefault(KEY, List.of());
	}

}
