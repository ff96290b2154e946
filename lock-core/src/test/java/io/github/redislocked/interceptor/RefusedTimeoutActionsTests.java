/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusedTimeoutActionsTests {

	@Test
	void whenFallbackIsUnusableThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(FallbackMissing.class);
		assertThat(ex.attribute()).contains("fallback");
		assertThat(ex.value()).contains("instead");
		assertThat(ex.problem()).contains("no such method");
		assertThat(Refusals.of(FallbackOtherParameters.class).problem()).contains("no such method");
		assertThat(Refusals.of(FallbackOtherReturn.class).problem())
			.isEqualTo("the fallback returns Object, not String");
		assertThat(Refusals.of(FallbackItself.class).problem()).contains("the method itself");
		assertThat(Refusals.of(FallbackAnnotated.class).problem()).contains("annotated");
	}

	@Test
	void whenFallbackStandsBesideSkipThenRefused() {
		assertThat(Refusals.of(FallbackAndSkip.class).problem()).contains("beside onTimeout = SKIP");
	}

	@Test
	void whenSkippedMethodReturnsPrimitiveThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(SkipPrimitive.class);
		assertThat(ex.attribute()).contains("onTimeout");
		assertThat(ex.value()).contains("SKIP");
		assertThat(ex.problem()).contains("boolean");
	}

	static class FallbackMissing {

		@RedisLocked(key = "k", fallback = "instead")
		void run() {
		}

	}

	static class FallbackOtherParameters {

		@RedisLocked(key = "k", fallback = "instead")
		void run(long id) {
		}

		void instead(Long id) {
		}

		void instead(LockNotAcquiredException timeout, long id) {
		}

	}

	static class FallbackOtherReturn {

		@RedisLocked(key = "k", fallback = "instead")
		String run() {
			return "";
		}

		Object instead() {
			return "";
		}

	}

	static class FallbackItself {

		@RedisLocked(key = "k", fallback = "run")
		void run() {
		}

	}

	static class FallbackAnnotated {

		@RedisLocked(key = "k", fallback = "instead")
		void run() {
		}

		@RedisLocked("other")
		void instead() {
		}

	}

	static class FallbackAndSkip {

		@RedisLocked(key = "k", fallback = "instead", onTimeout = OnTimeout.SKIP)
		void run() {
		}

		void instead() {
		}

	}

	static class SkipPrimitive {

		@RedisLocked(key = "k", onTimeout = OnTimeout.SKIP)
		boolean run() {
			return true;
		}

	}

}
