/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the live page makes of what it is told, whenever that comes.
 */
class LivePageToldIntegrationTests {

	private static TestRedis redis;

	private static StringRedisTemplate template;

	private static Chromium browser;

	private static SampleProcess instance;

	private static LivePage page;

	private final String show = UUID.randomUUID().toString();

	@BeforeAll
	static void open() {
		browser = Chromium.start();
		redis = TestRedis.start();
		template = redis.template();
		instance = start("live-told");
		page = new LivePage(browser, instance.awaitWebPort());
	}

	@AfterAll
	static void close() {
		if (instance != null) {
			instance.close();
		}
		if (redis != null) {
			redis.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void begin() {
		tell("BEGIN", "");
		await().until(() -> page.data("stage", "show").equals(this.show));
	}

	@Test
	void whenALeaseIsRenewedThenItsHolderIsInsideAgainWithNothingBeyond() {
		tell("ENTER", "first", hold(now() + 300, "REMOTE"));
		await().untilAsserted(() -> assertThat(page.drawn("rect.beyond")).isOne());
		assertThat(page.text("holder")).isEqualTo("Nobody is inside.");
		tell("RENEWED", "first", hold(now() + 60_000, "REMOTE"));
		await().untilAsserted(() -> assertThat(page.text("holder")).startsWith("Inside: first of there"));
		assertThat(page.drawn("rect.beyond")).isZero();
		assertThat(page.drawn("rect.bar[data-to]")).isZero();
		// An end that was told late is not the latest.
		tell("RENEWED", "first", hold(now(), "REMOTE"));
		tell("DONE", "first", "");
		tell("END", "");
		page.awaitEnd();
		assertThat(page.drawn("rect.beyond")).isZero();
		assertThat(page.text("holder")).isEqualTo("Nobody is inside.");
	}

	@Test
	void whenLocksAreHandedOverThenThePageCountsWhatWasToldOfThem() {
		for (String origin : List.of("FREE", "LOCAL", "REMOTE", "FREE", "LOCAL", "LOCAL")) {
			tell("WAIT", "caller", "");
			tell("ENTER", "caller", hold(now() + 60_000, origin));
			tell("DONE", "caller", "");
		}
		tell("END", "");
		page.awaitEnd();
		assertThat(page.text("passes")).isEqualTo("Handed over 4 times: 3 inside an instance, 1 between instances.");
		assertThat(page.drawn(".mark.pass")).isEqualTo(4);
	}

	@Test
	void whenInstancesComeAndGoThenThePageSaysHowManyThereAre() {
		await().untilAsserted(() -> assertThat(page.text("instances")).startsWith("One instance is here"));
		try (SampleProcess other = start("live-told-other")) {
			other.awaitWebPort();
			await().untilAsserted(() -> assertThat(page.text("instances")).startsWith("2 instances are here"));
		}
		await().untilAsserted(() -> assertThat(page.text("instances")).startsWith("One instance is here"));
	}

	private static SampleProcess start(String name) {
		return SampleProcess.start(name, "--server.port=0", "--spring.data.redis.port=" + redis.port(),
				"--redis-lock.instance-id=" + name);
	}

	private static String hold(long until, String origin) {
		return ",\"hold\":{\"key\":\"lamp\",\"token\":1,\"until\":%d,\"origin\":\"%s\"}".formatted(until, origin);
	}

	private void tell(String kind, String caller, String more) {
		tell(kind, ",\"lane\":\"%s\",\"caller\":\"%s\"%s".formatted(caller, caller, more));
	}

	private void tell(String kind, String more) {
		String happening = "{\"kind\":\"%s\",\"show\":{\"id\":\"%s\",\"kind\":\"FREEZE\",\"locked\":true},\"instance\":\"there\"%s}"
			.formatted(kind, this.show, more);
		template.opsForStream().add("{live}:events", Map.of("event", happening));
		template.convertAndSend("{live}:told", "");
	}

	private static long now() {
		Long now = template
			.execute((RedisConnection connection) -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
		assertThat(now).isNotNull();
		return now;
	}

}
