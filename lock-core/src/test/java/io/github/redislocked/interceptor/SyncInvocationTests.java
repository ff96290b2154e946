/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.Renewal;
import io.github.redislocked.annotation.RedisLocked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SyncInvocationTests {

	private final LockedBeans beans = LockedBeans.of(Work.class);

	private final Work work = this.beans.get(Work.class);

	private final RecordingLocks locks = this.beans.locks;

	@AfterEach
	void close() {
		assertThat(Lease.current()).as("a lease that is still current").isEmpty();
		this.beans.close();
	}

	@Test
	void whenMethodReturnsThenItRanUnderItsLock() throws Exception {
		assertThat(this.work.run(() -> note("body"))).isEqualTo("body");
		assertThat(this.locks.events).containsExactly("acquire work", "body", "close work");
	}

	@Test
	void whenAttributesAreLeftOutThenDefaultsAreLeftToTheTemplate() throws Exception {
		this.work.run(() -> null);
		assertThat(this.locks.specs.get(0).expire()).isEmpty();
		assertThat(this.locks.specs.get(0).timeout()).isEmpty();
		assertThat(this.locks.specs.get(0).renewal()).isEqualTo(Renewal.AUTO);
	}

	@Test
	void whenMethodRunsThenItsLeaseIsCurrent() throws Exception {
		assertThat(this.work.run(() -> Lease.current().orElseThrow().key())).isEqualTo("work");
	}

	@Test
	void whenSeveralKeysThenTakenTogetherAndFirstIsInnermost() throws Exception {
		assertThat(this.work.several(() -> {
			assertThat(Lease.current("first")).isPresent();
			assertThat(Lease.current("second")).isPresent();
			return Lease.current().orElseThrow().key();
		})).isEqualTo("first");
		assertThat(this.locks.events).containsExactly("all", "acquire first", "acquire second", "close first",
				"close second");
	}

	@Test
	void whenMethodThrowsThenItsExceptionWinsAndLossIsSuppressed() {
		this.locks.lost.add("first");
		this.locks.lost.add("second");
		IOException failure = new IOException("own");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.work.several(() -> {
			throw failure;
		}))
			.isSameAs(failure)
			.satisfies(
					(ex) -> assertThat(ex.getSuppressed()).hasSize(2).hasOnlyElementsOfType(LockLostException.class));
		assertThat(this.locks.events).endsWith("close first", "close second");
	}

	@Test
	void whenMethodThrowsErrorThenLockIsReleased() {
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.work.run(() -> {
			throw new StackOverflowError();
		}));
		assertThat(this.locks.events).endsWith("close work");
	}

	@Test
	void whenLockWasLostThenToldAfterAllAreReleased() {
		this.locks.lost.add("first");
		this.locks.lost.add("second");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.several(() -> "done"))
			.satisfies((ex) -> {
				assertThat(ex.key()).isEqualTo("first");
				assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class);
			});
		assertThat(this.locks.events).endsWith("close first", "close second");
	}

	@Test
	void whenInterruptedWhileWaitingThenMethodDoesNotRun() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.work.run(() -> note("body")))
			.withCauseInstanceOf(InterruptedException.class)
			.satisfies((ex) -> {
				assertThat(ex.key()).isEqualTo("work");
				assertThat(ex.waited()).isGreaterThanOrEqualTo(Duration.ZERO).isLessThan(Duration.ofMinutes(1));
			});
		assertThat(Thread.interrupted()).as("interrupted again").isTrue();
		assertThat(this.locks.events).isEmpty();
	}

	@Test
	void whenMethodItselfIsInterruptedThenItsExceptionPassesThrough() {
		InterruptedException failure = new InterruptedException("own");
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.work.run(() -> {
			throw failure;
		})).isSameAs(failure);
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void whenObjectMethodReturnsLaterResultThenRefusedAfterRelease() {
		assertThatIllegalStateException().isThrownBy(() -> this.work.run(CompletableFuture::new))
			.withMessageContaining("Work.run(")
			.withMessageContaining("returned a java.util.concurrent.CompletableFuture");
		assertThat(this.locks.events).containsExactly("acquire work", "close work");
		assertThatIllegalStateException().isThrownBy(() -> this.work.run(() -> (Body) () -> null));
	}

	@Test
	void whenOtherMethodThenNoLock() {
		assertThat(this.work.unlocked()).isEqualTo("free");
		assertThat(this.locks.events).isEmpty();
	}

	private Object note(String event) {
		this.locks.events.add(event);
		return event;
	}

	interface Body extends Callable<Object> {

	}

	static class Work {

		@RedisLocked("work")
		Object run(Body body) throws Exception {
			return body.call();
		}

		@RedisLocked({ "first", "second" })
		Object several(Body body) throws Exception {
			return body.call();
		}

		String unlocked() {
			return "free";
		}

	}

}
