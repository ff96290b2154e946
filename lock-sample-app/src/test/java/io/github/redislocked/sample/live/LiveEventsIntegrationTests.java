/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.sample.live.Happening.Kind;
import io.github.redislocked.sample.shop.ShopApplication;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the page is told, with two applications on one Redis.
 */
class LiveEventsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final HttpClient client = HttpClient.newHttpClient();

	private static TestRedis redis;

	private static ConfigurableApplicationContext one;

	private static ConfigurableApplicationContext two;

	@BeforeAll
	static void open() {
		redis = TestRedis.start();
		one = start("one");
		two = start("two");
	}

	@AfterAll
	static void close() {
		one.close();
		two.close();
		redis.close();
	}

	@Test
	void whenAShowRunsThenVisitorsOfAllInstancesAreToldTheSame() throws Exception {
		List<Entry> told;
		List<String> ids;
		List<EventStream> visitors = new ArrayList<>(List.of(EventStream.open(port(one)), EventStream.open(port(two))));
		try {
			assertThat(begin(one, "BUYERS", true).statusCode()).isEqualTo(202);
			await().atMost(PATIENCE).until(() -> visitors.get(0).has(Kind.ENTER));
			// While more is told all the time.
			for (int i = 0; i < 20; i++) {
				visitors.add(EventStream.open(port(two)));
			}
			await().atMost(PATIENCE).until(() -> visitors.stream().allMatch((visitor) -> visitor.has(Kind.END)));
			told = visitors.get(0).entries();
			ids = visitors.get(0).ids();
			assertThat(ids).doesNotHaveDuplicates();
			assertThat(visitors).extracting(EventStream::ids).containsOnly(ids);
		}
		finally {
			visitors.forEach(EventStream::close);
		}
		assertThat(told.get(told.size() - 1).figures()).isEqualTo(new Figures(0, 100, 100, 0))
			.isEqualTo(one.getBean(Stock.class).figures());
		assertThat(told).extracting((entry) -> entry.happening().instance()).contains("one", "two");
		assertThat(mostInside(told)).isOne();
		assertThat(told.get(told.size() - 1).happening().text())
			.endsWith("Nobody was inside together with anybody else.");
		// Whoever comes late sees all of it, and whoever comes again the rest.
		assertThatVisitorIsTold(ids);
		assertThatVisitorIsTold(ids.subList(150, ids.size()), "Last-Event-ID", ids.get(149));
		assertThatVisitorIsTold(ids, "Last-Event-ID", "nonsense");
		StringRedisTemplate template = redis.template();
		assertThat(template.keys("{live}:*")).hasSize(2)
			.allSatisfy((key) -> assertThat(template.getExpire(key)).isPositive());
	}

	@Test
	void whenNothingLocksThenManyAreInsideAndTooMuchIsSold() throws Exception {
		try (EventStream visitor = EventStream.open(port(one))) {
			HttpResponse<String> begun = begin(two, "BUYERS", false);
			String show = begun.body().replaceAll(".*\"id\":\"([^\"]*).*", "$1");
			await().atMost(PATIENCE)
				.until(() -> visitor.entries()
					.stream()
					.anyMatch((entry) -> entry.happening().kind() == Kind.END
							&& entry.happening().show().id().equals(show)));
			List<Entry> told = visitor.entries()
				.stream()
				.filter((entry) -> entry.happening().show().id().equals(show))
				.toList();
			assertThat(mostInside(told)).isGreaterThan(1);
			assertThat(one.getBean(Stock.class).figures().oversold()).isPositive();
		}
	}

	@Test
	void whenAShowRunsThenNoOtherBegins() throws Exception {
		LockSpec stage = LockSpec.of("live:stage").timeout(Duration.ofSeconds(60));
		try (Lease running = one.getBean(LockTemplate.class).acquire(stage)) {
			assertThat(running.isHeld()).isTrue();
			HttpResponse<String> refused = begin(two, "BUYERS", true);
			assertThat(refused.statusCode()).isEqualTo(409);
			assertThat(refused.body()).contains("A show is running");
			assertThat(post(two, "application/json", "{\"kind\":\"KILL\"}").statusCode()).as("nobody buys")
				.isEqualTo(409);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			text/plain       | {"kind":"BUYERS","locked":true}    | 415 | Content-Type 'text/plain' is not supported
			application/json | {"kind":"OTHER","locked":true}     | 400 | Failed to read request
			application/json | {"kind":"BUYERS","locked":"often"} | 400 | Failed to read request
			application/json | {"locked":true}                    | 400 | Say which kind of show
			application/json | {"kind":"BUYERS"}                  | 400 | Say whether the buyers use the lock
			""")
	void whenAskedWrongThenRefusedForThat(String type, String body, int status, String detail) throws Exception {
		HttpResponse<String> refused = post(one, type, body);
		assertThat(refused.statusCode()).isEqualTo(status);
		assertThat(refused.body()).contains(detail);
	}

	@Test
	void whenServedThenNothingOfOtherSitesIsAllowed() throws Exception {
		HttpResponse<String> page = client.send(
				HttpRequest.newBuilder(URI.create("http://localhost:" + port(one) + "/")).build(),
				BodyHandlers.ofString());
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
			.startsWith("default-src 'self';");
		assertThat(page.body()).doesNotContain("http://", "https://", "<style", "style=", "onclick");
		try (EventStream visitor = EventStream.open(port(one))) {
			assertThat(visitor.header("Content-Security-Policy")).startsWith("default-src 'self';");
			assertThat(visitor.header("Content-Type")).startsWith("text/event-stream");
		}
	}

	@Test
	void whenItClosesThenItWaitsForNoVisitorAndTooManyAreSentAway() throws Exception {
		ConfigurableApplicationContext crowded = start("crowded");
		List<EventStream> visitors = new ArrayList<>();
		try {
			for (int i = 0; i < Visitors.MOST; i++) {
				visitors.add(EventStream.open(port(crowded)));
			}
			await().untilAsserted(() -> {
				try (EventStream tooMany = EventStream.open(port(crowded))) {
					assertThat(tooMany.status()).isEqualTo(503);
				}
			});
			assertThat(visitors).allMatch((visitor) -> visitor.status() == 200);
		}
		finally {
			long begin = System.nanoTime();
			crowded.close();
			// Spring Boot would wait 30 s for requests that do not end.
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
		}
		await().until(() -> visitors.stream().allMatch(EventStream::ended));
	}

	private static void assertThatVisitorIsTold(List<String> ids, String... headers) throws Exception {
		try (EventStream visitor = EventStream.open(port(two), headers)) {
			await().untilAsserted(() -> assertThat(visitor.ids()).isEqualTo(ids));
		}
	}

	private static int mostInside(List<Entry> told) {
		Set<String> inside = new HashSet<>();
		int most = 0;
		for (Entry entry : told) {
			String caller = String.valueOf(entry.happening().caller());
			switch (entry.happening().kind()) {
				case ENTER -> inside.add(caller);
				case SOLD, SOLD_OUT, REFUSED -> assertThat(inside.remove(caller)).as(caller).isTrue();
				default -> {
				}
			}
			most = Math.max(most, inside.size());
		}
		assertThat(inside).isEmpty();
		return most;
	}

	private static HttpResponse<String> begin(ConfigurableApplicationContext instance, String kind, boolean locked)
			throws Exception {
		return post(instance, "application/json", "{\"kind\":\"%s\",\"locked\":%s}".formatted(kind, locked));
	}

	private static HttpResponse<String> post(ConfigurableApplicationContext instance, String type, String body)
			throws Exception {
		return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port(instance) + "/live/shows"))
			.header("Content-Type", type)
			.POST(BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(String name) {
		return new SpringApplicationBuilder(ShopApplication.class).run("--server.port=0",
				"--spring.data.redis.port=" + redis.port(), "--redis-lock.instance-id=" + name);
	}

	private static int port(ConfigurableApplicationContext instance) {
		return Integer.parseInt(instance.getEnvironment().getRequiredProperty("local.server.port"));
	}

}
