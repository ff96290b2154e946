/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimeoutActionTests {

	private final LockedBeans beans = LockedBeans.of(Work.class);

	private final Work work = this.beans.get(Work.class);

	TimeoutActionTests() {
		this.beans.locks.taken.add("k");
	}

	@AfterEach
	void close() {
		assertThat(this.work.ran()).as("the method ran without its lock").isFalse();
		this.beans.close();
	}

	@Test
	void whenNothingIsSaidThenThrows() {
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.work.plain())
			.satisfies((ex) -> assertThat(ex.waited()).isEqualTo(Duration.ofSeconds(3)));
	}

	@Test
	void whenSkipThenNullOrEmpty() {
		assertThat(this.work.skipText()).isNull();
		assertThat(this.work.skipOptional()).isSameAs(Optional.empty());
		assertThat(this.work.skipInt()).isEqualTo(OptionalInt.empty());
		assertThat(this.work.skipLong()).isEqualTo(OptionalLong.empty());
		assertThat(this.work.skipDouble()).isEqualTo(OptionalDouble.empty());
		this.work.skipVoid();
	}

	@Test
	void whenFallbackThenCalledOnTheTargetWithArguments() {
		assertThat(this.work.withFallback("a", 1)).isEqualTo("instead of a1 on Work");
	}

	@Test
	void whenFallbackTakesExceptionThenItIsPreferredAndGivenIt() {
		assertThat(this.work.withException("a")).isEqualTo("a: k held by someone");
	}

	@Test
	void whenFallbackIsInheritedOrStaticThenCalled() {
		assertThat(this.work.inherited()).isEqualTo("from above");
		assertThat(this.work.statically()).isEqualTo("static");
	}

	@Test
	void whenFallbackThrowsThenItsExceptionReachesTheCaller() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.work.failing()).withMessage("own");
	}

	@Test
	void whenInterruptedThenNeitherSkippedNorFallback() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.work.skipText());
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.work.withFallback("a", 1))
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void whenBodyDoesNotGetAnotherLockThenItsExceptionReachesTheCaller() {
		LockNotAcquiredException nested = new LockNotAcquiredException("other", Duration.ZERO, null, "nested", null);
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.work.nestedSkip(nested))
			.isSameAs(nested);
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.work.nestedFallback(nested))
			.isSameAs(nested);
	}

	static class Base {

		protected String above() {
			return "from above";
		}

	}

	static class Work extends Base {

		private boolean ran;

		boolean ran() {
			return this.ran;
		}

		@RedisLocked("k")
		void plain() {
			this.ran = true;
		}

		@RedisLocked(key = "k", onTimeout = OnTimeout.SKIP)
		String skipText() {
			this.ran = true;
			return "";
		}

		@RedisLocked(key = "k", onTimeout = OnTimeout.SKIP)
		Optional<String> skipOptional() {
			this.ran = true;
			return Optional.of("");
		}

		@RedisLocked(key = "k", onTimeout = OnTimeout.SKIP)
		OptionalInt skipInt() {
			this.ran = true;
			return OptionalInt.of(1);
		}

		@RedisLocked(key = "k", onTimeout = OnTimeout.SKIP)
		OptionalLong skipLong() {
			this.ran = true;
			return OptionalLong.of(1);
		}

		@RedisLocked(key = "k", onTimeout = OnTimeout.SKIP)
		OptionalDouble skipDouble() {
			this.ran = true;
			return OptionalDouble.of(1);
		}

		@RedisLocked(key = "k", onTimeout = OnTimeout.SKIP)
		void skipVoid() {
			this.ran = true;
		}

		@RedisLocked(key = "k", fallback = "instead")
		String withFallback(String text, int number) {
			this.ran = true;
			return "";
		}

		private String instead(String text, int number) {
			return "instead of " + text + number + " on " + getClass().getSimpleName();
		}

		@RedisLocked(key = "k", fallback = "explain")
		String withException(String text) {
			this.ran = true;
			return "";
		}

		private String explain(String text) {
			return "without";
		}

		private String explain(String text, LockNotAcquiredException timeout) {
			return text + ": " + timeout.key() + " held by " + timeout.holder().orElseThrow();
		}

		@RedisLocked(key = "k", fallback = "above")
		String inherited() {
			this.ran = true;
			return "";
		}

		@RedisLocked(key = "k", fallback = "fixed")
		String statically() {
			this.ran = true;
			return "";
		}

		private static String fixed() {
			return "static";
		}

		@RedisLocked(key = "k", fallback = "fail")
		void failing() throws IOException {
			this.ran = true;
		}

		private void fail() throws IOException {
			throw new IOException("own");
		}

		@RedisLocked(key = "free", onTimeout = OnTimeout.SKIP)
		void nestedSkip(RuntimeException nested) {
			throw nested;
		}

		@RedisLocked(key = "free", fallback = "never")
		void nestedFallback(RuntimeException nested) {
			throw nested;
		}

		private void never(RuntimeException nested) {
		}

	}

}
