/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.interceptor.LockedCall;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

import org.springframework.core.ReactiveAdapter;

/**
 * One subscription to the result of a locked method: takes the locks, calls the method,
 * and gives the locks back once, however the subscription ends. What the locks' future
 * brings is looked after here and not by an operator, which would drop leases that arrive
 * beside a cancellation.
 */
final class LockedSubscription {

	private static final Log logger = LogFactory.getLog(LockedSubscription.class);

	private final LockedCall call;

	private final ReactiveAdapter adapter;

	/**
	 * What is current outside.
	 */
	private final List<Lease> outer;

	private CompletableFuture<List<Lease>> acquiring = new CompletableFuture<>();

	private State state = State.NEW;

	LockedSubscription(LockedCall call, ReactiveAdapter adapter, ContextView context) {
		this.call = call;
		this.adapter = adapter;
		this.outer = ReactiveLeases.around(context);
	}

	Flux<Object> flux() {
		// Cancelling goes by way of this object only.
		return Mono.just(this)
			// An operator that gives a thread what the context of the subscriber holds.
			.<CompletableFuture<List<Lease>>>handle((self, locks) -> locks.next(self.acquire()))
			.flatMap((locks) -> Mono.fromFuture(locks, true))
			.map(Outcome::acquired)
			.onErrorResume(LockNotAcquiredException.class, (timeout) -> Mono.just(Outcome.timedOut(timeout)))
			.flatMapMany((outcome) -> (outcome.timeout() != null) ? instead(outcome.timeout()) : run(outcome.leases()))
			.doFinally((signal) -> {
				if (signal == SignalType.CANCEL) {
					cancelled();
				}
			});
	}

	private CompletableFuture<List<Lease>> acquire() {
		LeaseScope scope = LeaseScope.replace(this.outer);
		try {
			this.acquiring = this.call.acquire();
			return this.acquiring;
		}
		finally {
			scope.close();
		}
	}

	private Flux<Object> run(List<Lease> leases) {
		if (!enter(State.CALLING)) {
			return Flux.empty();
		}
		List<Lease> all = new ArrayList<>(leases);
		all.addAll(this.outer);
		Publisher<Object> body;
		try {
			body = this.adapter.toPublisher(this.call.proceed(all));
		}
		catch (Throwable ex) {
			body = Flux.error(ex);
		}
		if (!enter(State.RUNNING)) {
			// Cancelled while the method was being called, which has returned only now.
			giveBack();
			return Flux.empty();
		}
		// Ends the body; that the lock was lost is then told by its leases.
		Sinks.Empty<Object> loss = Sinks.empty();
		leases.forEach((lease) -> lease.onLost(loss::tryEmitEmpty));
		return thrownIsSignalled(body).takeUntilOther(loss.asMono())
			.contextWrite((context) -> ReactiveLeases.with(all, context))
			.onErrorResume((ex) -> end(leases, ex).then(Mono.error(ex)))
			.concatWith(Mono.defer(() -> end(leases, null)));
	}

	// Some errors are not signalled but thrown by subscribing, in the middle of it or
	// before, or by an operator that looks into a publisher before it subscribes. Here
	// nobody would see that: the subscriber would wait, and the lock be held, for ever.
	private static Flux<Object> thrownIsSignalled(Publisher<Object> body) {
		return Flux.from((subscriber) -> {
			AtomicBoolean begun = new AtomicBoolean();
			try {
				Flux.from(body).doOnSubscribe((subscription) -> begun.set(true)).subscribe(subscriber);
			}
			catch (Throwable ex) {
				if (begun.get()) {
					subscriber.onError(ex);
				}
				else {
					Operators.error(subscriber, ex);
				}
			}
		});
	}

	private Mono<Object> end(List<Lease> leases, @Nullable Throwable failure) {
		return enter(State.ENDED) ? Mono.fromFuture(LockedCall.close(leases, failure), true).then(Mono.empty())
				: Mono.empty();
	}

	private Flux<Object> instead(LockNotAcquiredException timeout) {
		try {
			Object result = this.call.withoutLocks(timeout);
			return (result != null) ? thrownIsSignalled(this.adapter.toPublisher(result)) : Flux.empty();
		}
		catch (Throwable ex) {
			return thrownIsSignalled(Flux.error(ex));
		}
	}

	private void cancelled() {
		State before;
		synchronized (this) {
			before = this.state;
			this.state = State.ENDED;
		}
		if (before == State.NEW) {
			this.acquiring.cancel(true);
		}
		if (before == State.NEW || before == State.RUNNING) {
			giveBack();
		}
	}

	// Leases that came beside the cancellation are in the future, too.
	private void giveBack() {
		this.acquiring.thenCompose((leases) -> LockedCall.close(leases, null)).whenComplete((closed, failure) -> {
			if (failure != null && !this.acquiring.isCompletedExceptionally()) {
				logger.warn("The lock of a cancelled subscription had been lost", LockedCall.unwrap(failure));
			}
		});
	}

	private synchronized boolean enter(State next) {
		if (this.state == State.ENDED) {
			return false;
		}
		this.state = next;
		return true;
	}

	private enum State {

		NEW, CALLING, RUNNING, ENDED

	}

	private record Outcome(List<Lease> leases, @Nullable LockNotAcquiredException timeout) {

		static Outcome acquired(List<Lease> leases) {
			return new Outcome(leases, null);
		}

		static Outcome timedOut(LockNotAcquiredException timeout) {
			return new Outcome(List.of(), timeout);
		}

	}

}
