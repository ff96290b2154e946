/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The sample as a newcomer starts it: without any setting.
 */
class SampleApplicationIntegrationTests {

	private static final Pattern EVENT = Pattern.compile("^ *\\d+\\.\\d s  contender (\\d) (won|gave up|is done)",
			Pattern.MULTILINE);

	@Test
	void whenNothingIsSetThenItSellsOnARedisOfItsOwnThatStopsWithIt() throws Exception {
		int redisPort;
		try (SampleProcess shop = SampleProcess.start("defaults", "--server.port=0")) {
			String products = "http://localhost:" + shop.awaitWebPort() + "/products";
			redisPort = shop.redisPort();
			HttpClient client = HttpClient.newHttpClient();
			HttpResponse<String> bought = client.send(HttpRequest.newBuilder(URI.create(products + "/lamp/purchases"))
				.POST(BodyPublishers.noBody())
				.build(), BodyHandlers.ofString());
			assertThat(bought.statusCode()).isEqualTo(201);
			assertThat(bought.body()).contains("\"sku\":\"lamp\"", "\"left\":99");
			assertThat(
					client.send(HttpRequest.newBuilder(URI.create(products)).build(), BodyHandlers.ofString()).body())
				.contains("{\"sku\":\"lamp\",\"name\":\"Desk lamp\",\"delivered\":100,\"sold\":1,\"stock\":99,");
		}
		assertThatNobodyListensOn(redisPort);
	}

	@Test
	void whenDemoThenOneContenderAtATimeWinsAndItEndsWell() throws Exception {
		try (SampleProcess demo = SampleProcess.start("demo", "--demo")) {
			assertThat(demo.awaitExit()).as(demo.log()).isZero();
			List<MatchResult> events = EVENT.matcher(demo.log()).results().toList();
			Deque<String> inside = new ArrayDeque<>();
			for (MatchResult event : events) {
				String contender = event.group(1);
				switch (event.group(2)) {
					case "won" -> {
						assertThat(inside).as(demo.log()).isEmpty();
						inside.add(contender);
					}
					case "is done" -> assertThat(inside.remove()).as(demo.log()).isEqualTo(contender);
					default -> assertThat(inside).as(demo.log()).doesNotContain(contender);
				}
			}
			assertThat(inside).as(demo.log()).isEmpty();
			assertThat(events).extracting((event) -> event.group(2)).contains("won", "gave up", "is done");
			assertThatNobodyListensOn(demo.redisPort());
		}
	}

	private static void assertThatNobodyListensOn(int port) {
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
	}

	private static void connect(int port) throws IOException {
		new Socket(InetAddress.getLoopbackAddress(), port).close();
	}

}
