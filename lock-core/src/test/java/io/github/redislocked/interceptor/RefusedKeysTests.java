/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.Map;

import io.github.redislocked.annotation.RedisLocked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class RefusedKeysTests {

	@Test
	void whenThereIsNoKeyThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(NoKey.class);
		assertThat(ex.problem()).isEqualTo("no key is given");
		assertThat(ex.beanClass()).isEqualTo(NoKey.class);
		assertThat(ex.method()).contains("run(String, int[])");
		assertThat(ex.attribute()).isEmpty();
		assertThat(ex.value()).isEmpty();
	}

	@Test
	void whenExpressionHasSyntaxErrorThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(SyntaxError.class);
		assertThat(ex.problem()).contains("syntax error");
		assertThat(ex.attribute()).contains("key");
		assertThat(ex.value()).contains("'order:' + ");
		assertThat(ex).hasMessageContaining(", key = \"'order:' + \":");
		assertThat(Refusals.of(OpenTemplate.class).problem()).contains("syntax error");
		assertThat(Refusals.of(OpenQuote.class).problem()).contains("syntax error");
	}

	@Test
	void whenNameIsNoParameterThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(UnknownName.class);
		assertThat(ex.problem()).isEqualTo("#ordr is no parameter of the method");
		assertThat(ex.action()).contains("[order, id]").contains("-parameters");
	}

	@Test
	void whenNameIsNoParameterSomewhereInsideThenRefused() {
		assertThat(Refusals.of(UnknownInside.class).problem()).isEqualTo("#ida is no parameter of the method");
		assertThat(Refusals.of(UnknownInTemplate.class).problem()).isEqualTo("#idb is no parameter of the method");
		assertThat(Refusals.of(UnknownFunction.class).problem()).isEqualTo("#hash is no parameter of the method");
		assertThat(Refusals.of(UnknownPosition.class).problem()).isEqualTo("#p2 is no parameter of the method");
	}

	@Test
	void whenOneOfSeveralKeysIsWrongThenRefused() {
		assertThat(Refusals.of(SecondKeyWrong.class).value()).contains("#no");
	}

	@Test
	void whenLiteralIsBlankOrTooLongThenRefused() {
		assertThat(Refusals.of(BlankKey.class).value()).contains(" ");
		assertThat(Refusals.of(Map.of("long", "x".repeat(513)), PlaceholderKey.class).problem())
			.contains("at most 512");
	}

	@Test
	void whenPlaceholderCannotBeResolvedThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(PlaceholderKey.class);
		assertThat(ex.problem()).contains("placeholder");
		assertThat(ex.value()).contains("${long}");
	}

	@Test
	void whenExpireIsUnusableThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(Map.of("expire", "soon"), Durations.class);
		assertThat(ex.attribute()).contains("expire");
		assertThat(ex.value()).contains("soon");
		assertThat(ex.problem()).contains("'soon' is no duration");
		assertThat(Refusals.of(Map.of("expire", "0"), Durations.class).attribute()).contains("expire");
		assertThat(Refusals.of(Map.of("expire", "-1s"), Durations.class).attribute()).contains("expire");
		assertThat(Refusals.of(Map.of("expire", "1us"), Durations.class).attribute()).contains("expire");
		assertThat(Refusals.of(Map.of("expire", "366d"), Durations.class).attribute()).contains("expire");
	}

	@Test
	void whenTimeoutIsNegativeThenRefused() {
		assertThat(Refusals.of(Map.of("timeout", "-1"), Durations.class).attribute()).contains("timeout");
		assertThat(Refusals.of(Map.of("timeout", "366d"), Durations.class).attribute()).contains("timeout");
	}

	@Test
	void whenTimeoutIsZeroThenAccepted() {
		assertThatCode(() -> LockedBeans.with(Map.of("timeout", "0"), Durations.class).close())
			.doesNotThrowAnyException();
	}

	static class NoKey {

		@RedisLocked
		void run(String text, int[] numbers) {
		}

	}

	static class SyntaxError {

		@RedisLocked("'order:' + ")
		void run() {
		}

	}

	static class OpenTemplate {

		@RedisLocked("order:#{#p0")
		void run(String id) {
		}

	}

	static class OpenQuote {

		@RedisLocked("it's")
		void run() {
		}

	}

	static class UnknownName {

		@RedisLocked("#ordr")
		void run(String order, String id) {
		}

	}

	static class UnknownInside {

		@RedisLocked("{#id}.?[#this == (#root.args[0] ?: #ida)]")
		void run(String id) {
		}

	}

	static class UnknownInTemplate {

		@RedisLocked("#{#id}-#{#idb.x}")
		void run(String id) {
		}

	}

	static class UnknownFunction {

		@RedisLocked("#hash(#id)")
		void run(String id) {
		}

	}

	static class UnknownPosition {

		@RedisLocked("#p2")
		void run(String id, String other) {
		}

	}

	static class SecondKeyWrong {

		@RedisLocked({ "first", "#no" })
		void run(String id) {
		}

	}

	static class BlankKey {

		@RedisLocked({ "first", " " })
		void run() {
		}

	}

	static class PlaceholderKey {

		@RedisLocked("${long}")
		void run() {
		}

	}

	static class Durations {

		@RedisLocked(key = "k", expire = "${expire:}", timeout = "${timeout:}")
		void run() {
		}

	}

}
