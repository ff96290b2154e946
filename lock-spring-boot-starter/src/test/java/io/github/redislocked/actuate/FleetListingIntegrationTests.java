/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The locks of the whole fleet over a real port, as an operator lists them.
 */
class FleetListingIntegrationTests {

	private static final String NO_LOCKS = "{\"locks\":[],\"nextCursor\":null}";

	private static final TestRedis REDIS = TestRedis.start();

	private static ActuatedApplication idle;

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
		try (ActuatedApplication one = start(settings, "--redis-lock.instance-id=one");
				ActuatedApplication other = start(settings, "--redis-lock.instance-id=other")) {
			List<String> keys = IntStream.range(0, 40).mapToObj((number) -> "order:" + number).toList();
			List<Lease> leases = new ArrayList<>();
			for (String key : keys) {
				leases.add(one.locks().acquire(LockSpec.of(key)));
			}
			List<String> listed = new ArrayList<>();
			List<String> tokens = new ArrayList<>();
			String cursor = null;
			for (int pages = 0; pages == 0 || cursor != null; pages++) {
				HttpResponse<String> page = ((pages % 2 == 0) ? one : other)
					.get("?scope=fleet&limit=7" + ((cursor != null) ? "&cursor=" + cursor : ""));
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
			assertThat(read(other.get("?scope=fleet"), "$.locks[*].key")).hasSize(keys.size());
			leases.forEach(Lease::close);
			assertThat(other.get("?scope=fleet").body()).isEqualTo(NO_LOCKS);
		}
	}

	@Test
	void whenAKeyIsNamedLikeAScopeThenNothingIsConfused() throws Exception {
		try (ActuatedApplication application = start();
				Lease lease = application.locks().acquire(LockSpec.of("fleet"))) {
			assertThat(JsonPath.<String>read(application.get("/fleet").body(), "$.ownerToken"))
				.isEqualTo(lease.ownerToken());
			assertThat(application.get("?scope=instance").body()).contains("\"held\":[{\"key\":\"fleet\"");
			assertThat(application.get("").body()).contains("\"held\":[{\"key\":\"fleet\"");
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
		HttpResponse<String> answer = idle.get(query);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(JsonPath.<String>read(answer.body(), "$.message")).contains(advice);
	}

	@Test
	void whenTheUserMayNotListThenTheAnswerNamesTheRight() throws Exception {
		try (ActuatedApplication application = start("--spring.data.redis.username=" + RestrictedUser.NAME,
				"--spring.data.redis.password=" + RestrictedUser.PASSWORD);
				Lease lease = application.locks().acquire(LockSpec.of("order:42"))) {
			HttpResponse<String> answer = application.get("?scope=fleet");
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(JsonPath.<String>read(answer.body(), "$.message")).contains("+scan");
			assertThat(JsonPath.<String>read(application.get("/order:42").body(), "$.ownerToken"))
				.isEqualTo(lease.ownerToken());
		}
	}

	@Test
	void whenLocksAreOffThenThereAreNone() throws Exception {
		try (ActuatedApplication application = start("--redis-lock.enabled=false")) {
			assertThat(application.get("?scope=fleet").body()).isEqualTo(NO_LOCKS);
		}
	}

	private static ActuatedApplication start(String... arguments) {
		return ActuatedApplication.start(REDIS, List.of(ActuatedApplication.EXPOSED), arguments);
	}

	private static List<String> read(HttpResponse<String> answer, String path) {
		return JsonPath.read(answer.body(), path);
	}

}
