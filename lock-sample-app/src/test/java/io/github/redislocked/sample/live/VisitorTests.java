/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThatNoException;

class VisitorTests {

	@Test
	void whenTheWebServerHasEndedTheResponseOfOneWhoHasGoneThenNothingIsThrown() {
		Visitor visitor = new Visitor(new SseEmitter() {

			@Override
			public void send(SseEventBuilder event) throws IOException {
				throw new IOException("Broken pipe");
			}

			@Override
			public synchronized void complete() {
				throw new IllegalStateException("It has been completed");
			}

		});
		visitor.greet(new Visitors.Greeting("one", 1, 0, true));
		assertThatNoException().isThrownBy(visitor::run);
	}

}
