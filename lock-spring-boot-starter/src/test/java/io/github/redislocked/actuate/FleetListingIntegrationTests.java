/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TestRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The locks of the whole fleet over a real port, as an operator lists them.
 */
class FleetListingIntegrationTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final String NO_LOCKS = "{\"locks\":[],\"nextCursor\":null}";

	private static final TestRedis REDIS = TestRedis.start();

	private static ConfigurableApplicationContext idle;

	@BeforeAll
	static void startIdle() {
		idle = start();
	}

	@AfterAll
	static void stop() {
		idle.close();
		REDIS.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "queue", "getset" })
	void whenTheFleetHoldsLocksThenAnyInstanceListsThemPageByPage(String algorithm) throws Exception {
		String settings = "--redis-lock.algorithm=" + algorithm;
		try (ConfigurableApplicationContext one = start(settings, "--redis-lock.instance-id=one");
				ConfigurableApplicationContext other = start(settings, "--redis-lock.instance-id=other")) {
			List<String> keys = IntStream.range(0, 40).mapToObj((number) -> "order:" + number).toList();
			List<Lease> leases = new ArrayList<>();
			for (String key : keys) {
				leases.add(one.getBean(LockTemplate.class).acquire(LockSpec.of(key)));
			}
			List<String> listed = new ArrayList<>();
			List<String> tokens = new ArrayList<>();
			String cursor = null;
			for (int pages = 0; pages == 0 || cursor != null; pages++) {
				HttpResponse<String> page = get((pages % 2 == 0) ? one : other,
						"?scope=fleet&limit=7" + ((cursor != null) ? "&cursor=" + cursor : ""));
				assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
				assertThat(pages).isLessThan(200);
				listed.addAll(read(page, "$.locks[*].key"));
				tokens.addAll(read(page, "$.locks[*].ownerToken"));
				assertThat(read(page, "$.locks[*].instance")).allMatch("one"::equals);
				assertThat(read(page, "$.locks[*].remaining")).allMatch((text) -> !Duration.parse(text).isNegative());
				cursor = JsonPath.read(page.body(), "$.nextCursor");
			}
			assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
			assertThat(tokens).containsExactlyInAnyOrderElementsOf(leases.stream().map(Lease::ownerToken).toList());
			assertThat(read(get(other, "?scope=fleet"), "$.locks[*].key")).hasSize(keys.size());
			leases.forEach(Lease::close);
			assertThat(get(other, "?scope=fleet").body()).isEqualTo(NO_LOCKS);
		}
	}

	@Test
	void whenAKeyIsNamedLikeAScopeThenNothingIsConfused() throws Exception {
		try (ConfigurableApplicationContext context = start();
				Lease lease = context.getBean(LockTemplate.class).acquire(LockSpec.of("fleet"))) {
			assertThat(JsonPath.<String>read(get(context, "/fleet").body(), "$.ownerToken"))
				.isEqualTo(lease.ownerToken());
			assertThat(get(context, "?scope=instance").body()).contains("\"held\":[{\"key\":\"fleet\"");
			assertThat(get(context, "").body()).contains("\"held\":[{\"key\":\"fleet\"");
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			?scope=fleets,                  scope is neither instance nor fleet
			?scope=,                        scope is neither instance nor fleet
			?limit=5,                       add scope=fleet
			?scope=instance&cursor=5,       add scope=fleet
			?scope=fleet&limit=0,           from 1 to 1000
			?scope=fleet&limit=-1,          from 1 to 1000
			?scope=fleet&limit=1001,        from 1 to 1000
			?scope=fleet&limit=many,        from 1 to 1000
			?scope=fleet&limit=99999999999, from 1 to 1000
			?scope=fleet&limit=,            from 1 to 1000
			?scope=fleet&cursor=,           give the nextCursor of the page before
			?scope=fleet&cursor=17,         give the nextCursor of the page before
			?scope=fleet&cursor=0-16383.0123456789.0123456789.17, begin again without a cursor
			""")
	void whenAParameterIsNotUsableThenTheAnswerSaysWhatToDo(String query, String advice) throws Exception {
		HttpResponse<String> answer = get(idle, query);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(JsonPath.<String>read(answer.body(), "$.message")).contains(advice);
	}

	@Test
	void whenTheUserMayNotListThenTheAnswerNamesTheRight() throws Exception {
		try (ConfigurableApplicationContext context = start("--spring.data.redis.username=" + RestrictedUser.NAME,
				"--spring.data.redis.password=" + RestrictedUser.PASSWORD);
				Lease lease = context.getBean(LockTemplate.class).acquire(LockSpec.of("order:42"))) {
			HttpResponse<String> answer = get(context, "?scope=fleet");
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(JsonPath.<String>read(answer.body(), "$.message")).contains("+scan");
			assertThat(JsonPath.<String>read(get(context, "/order:42").body(), "$.ownerToken"))
				.isEqualTo(lease.ownerToken());
		}
	}

	@Test
	void whenLocksAreOffThenThereAreNone() throws Exception {
		try (ConfigurableApplicationContext context = start("--redis-lock.enabled=false")) {
			assertThat(get(context, "?scope=fleet").body()).isEqualTo(NO_LOCKS);
		}
	}

	private static List<String> read(HttpResponse<String> answer, String path) {
		return JsonPath.read(answer.body(), path);
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		@Nullable String port = context.getEnvironment().getProperty("local.server.port");
		URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/redislocks" + path);
		return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("server.port", 0, "spring.data.redis.host", "127.0.0.1", "spring.data.redis.port",
					REDIS.port(), "spring.jmx.enabled", false, "logging.level.root", "warn",
					"management.endpoints.web.exposure.include", "redislocks"))
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
