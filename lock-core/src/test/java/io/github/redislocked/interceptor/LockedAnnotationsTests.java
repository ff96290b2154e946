/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;

import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.annotation.RedisLocked;
import org.junit.jupiter.api.Test;

import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;

class LockedAnnotationsTests {

	@Test
	void whenClassIsAnnotatedThenAllButObjectMethods() {
		try (LockedBeans beans = LockedBeans.of(Whole.class)) {
			Whole whole = beans.get(Whole.class);
			whole.run();
			whole.inherited();
			whole.special();
			assertThat(whole.toString()).isEqualTo("whole");
			whole.calls();
			assertThat(beans.locks.keys()).containsExactly("class", "class", "method", "class");
		}
	}

	@Test
	void whenAnnotationIsInheritedThenLocked() {
		try (LockedBeans beans = LockedBeans.of(SubOfWhole.class, ByInterface.class)) {
			beans.get(SubOfWhole.class).run();
			beans.get(TypeContract.class).run();
			assertThat(beans.locks.keys()).containsExactly("class", "interface");
		}
	}

	@Test
	void whenAnnotationIsComposedThenItsAttributesCount() {
		try (LockedBeans beans = LockedBeans.of(Composed.class)) {
			beans.get(Composed.class).run("42");
			assertThat(beans.locks.specs).containsExactly(LockSpec.of("order:42")
				.expire(Duration.ofSeconds(7))
				.timeout(Duration.ZERO)
				.renew(Renewal.ALWAYS)
				.name("Composed.run"));
		}
	}

	@Test
	void whenInterfaceNamesParametersDifferentlyThenItsNamesCountForItsKeys() {
		try (LockedBeans beans = LockedBeans.of(Swapping.class)) {
			beans.get(Swapped.class).swapped("first", "second");
			assertThat(beans.locks.keys()).containsExactly("first");
		}
	}

	static class Above {

		void inherited() {
		}

	}

	@RedisLocked("class")
	static class Whole extends Above {

		void run() {
		}

		@RedisLocked("method")
		void special() {
		}

		void calls() {
			hidden();
			fixed();
		}

		private void hidden() {
		}

		static void fixed() {
		}

		@Override
		public String toString() {
			return "whole";
		}

	}

	static class SubOfWhole extends Whole {

		@Override
		void run() {
		}

	}

	@RedisLocked("interface")
	interface TypeContract {

		void run();

	}

	static class ByInterface implements TypeContract {

		@Override
		public void run() {
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RedisLocked(expire = "7s", timeout = "0", renew = Renewal.ALWAYS)
	@interface OrderLocked {

		@AliasFor(annotation = RedisLocked.class, attribute = "key")
		String[] value();

	}

	static class Composed {

		@OrderLocked("'order:' + #id")
		void run(String id) {
		}

	}

	interface Swapped {

		@RedisLocked("#a")
		void swapped(String a, String b);

	}

	static class Swapping implements Swapped {

		@Override
		public void swapped(String b, String a) {
		}

	}

}
