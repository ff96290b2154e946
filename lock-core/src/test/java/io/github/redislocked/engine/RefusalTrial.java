/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.Renewal;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What one engine goes through while Redis refuses for a time: callers wait, a lease is
 * renewed, another one is released.
 */
final class RefusalTrial {

	static final List<String> KEYS = List.of("renewed", "released", "impatient", "blocking", "asynchronous");

	private final LockEngine engine;

	private final String name;

	private final Duration expire;

	private final Lease renewed;

	private final Lease released;

	private final AtomicInteger losses = new AtomicInteger();

	private final CompletableFuture<Lease> blocking = new CompletableFuture<>();

	private CompletableFuture<Lease> asynchronous = new CompletableFuture<>();

	RefusalTrial(LockEngine engine, String name, Duration expire) throws InterruptedException {
		this.engine = engine;
		this.name = name;
		this.expire = expire;
		this.released = engine.acquire(spec("released").expire(Duration.ofMinutes(2)).renew(Renewal.NEVER));
		this.renewed = engine.acquire(spec("renewed").expire(expire).renew(Renewal.ALWAYS));
		this.renewed.onLost(this.losses::incrementAndGet);
	}

	void refused(String code, String advice) {
		assertThatExceptionOfType(LockStoreException.class)
			.isThrownBy(() -> this.engine.acquire(spec("impatient").timeout(Duration.ofMillis(50))))
			.withMessageContaining(code)
			.withMessageContaining(advice)
			.satisfies((ex) -> assertThat(ex.isTransient()).isTrue());
		assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> this.renewed.renew(this.expire))
			.withMessageContaining(code)
			.satisfies((ex) -> assertThat(ex.isTransient()).isTrue());
		this.released.close();
		assertThat(this.engine.parts().closings().isIdle()).as("the release has nothing to repeat").isFalse();
		new Thread(() -> {
			try {
				this.blocking.complete(this.engine.acquire(spec("blocking")));
			}
			catch (Throwable ex) {
				this.blocking.completeExceptionally(ex);
			}
		}).start();
		this.asynchronous = this.engine.acquireAsync(spec("asynchronous")).toCompletableFuture();
	}

	boolean goesOn() {
		return !this.blocking.isDone() && !this.asynchronous.isDone() && this.renewed.isHeld();
	}

	void passed() throws Exception {
		this.blocking.get(30, TimeUnit.SECONDS).close();
		this.asynchronous.get(30, TimeUnit.SECONDS).close();
		Awaitility.await().until(this.engine.parts().closings()::isIdle);
		Awaitility.await().until(() -> this.renewed.remaining().compareTo(this.expire.dividedBy(2)) > 0);
		assertThat(this.losses).hasValue(0);
		this.renewed.close();
		assertThat(this.engine.parts().queues().size()).isZero();
	}

	private LockSpec spec(String key) {
		return LockSpec.of(this.name + key).timeout(Duration.ofMinutes(1));
	}

}
