/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.sample.LivePage.Bar;
import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the live page says while its application is gone, and that it goes on when that is
 * there again.
 */
class LivePageReconnectIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static Chromium browser;

	private static TestRedis redis;

	@BeforeAll
	static void open() {
		browser = Chromium.start();
		redis = TestRedis.start();
	}

	@AfterAll
	static void close() {
		if (redis != null) {
			redis.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@Test
	void whenTheApplicationIsThereAgainThenThePageGoesOn() {
		int port = Ports.next();
		LivePage page;
		List<Bar> bars;
		try (SampleProcess first = start(port)) {
			page = new LivePage(browser, first.awaitWebPort());
			page.begin("BUYERS");
			page.awaitEnd();
			bars = page.bars();
		}
		awaitNote(page, "The application does not answer; trying again.");
		page.button("BUYERS").click();
		awaitNote(page, "The application does not answer; try again.");
		try (SampleProcess second = start(port)) {
			second.awaitWebPort();
			awaitNote(page, "");
			assertThat(page.bars()).isEqualTo(bars);
			page.begin("BUYERS");
			page.awaitEnd();
			assertThat(page.bars()).hasSize(200).doesNotContainAnyElementsOf(bars);
		}
	}

	private static void awaitNote(LivePage page, String note) {
		await().atMost(PATIENCE).until(() -> page.text("note").equals(note));
	}

	private static SampleProcess start(int port) {
		return SampleProcess.start("live-reconnect", "--server.port=" + port,
				"--spring.data.redis.port=" + redis.port(), "--redis-lock.instance-id=here");
	}

}
