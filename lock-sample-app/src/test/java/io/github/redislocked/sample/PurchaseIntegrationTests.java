/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.redislocked.testing.TestRedis;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of the shop, each a process of its own, on one Redis and one database:
 * 400 customers, 32 at a time, want 100 items. What was sold is printed.
 */
class PurchaseIntegrationTests {

	private static final int ITEMS = 100;

	private static final int CUSTOMERS = 400;

	private static final int IN_FLIGHT = 32;

	private static final int ROUNDS = 3;

	private static final int ATTEMPTS = 20;

	// What TTL answers; for a key that has just gone it is another number.
	private static final long NO_EXPIRY = -1;

	private static final Pattern LEFT = Pattern.compile("\"left\":(-?\\d+)");

	private static final TestRedis redis = TestRedis.start();

	// As long as it is open the database, which is in memory, lives.
	private static final SingleConnectionDataSource database = new SingleConnectionDataSource("jdbc:h2:mem:shop", "sa",
			"", true);

	private static final JdbcClient jdbc = JdbcClient.create(database);

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final ExecutorService customers = Executors.newFixedThreadPool(IN_FLIGHT);

	private static final List<SampleProcess> shops = new ArrayList<>();

	private static Server databaseServer;

	private static List<URI> addresses;

	@BeforeAll
	static void openShops() throws SQLException {
		jdbc.sql("select 1").query(Integer.class).single();
		databaseServer = Server.createTcpServer("-tcpPort", "0").start();
		String url = "jdbc:h2:tcp://localhost:" + databaseServer.getPort() + "/mem:shop";
		// Both at once, on an empty database.
		for (int i = 1; i <= 2; i++) {
			shops.add(SampleProcess.start("shop-" + i, "--server.port=0", "--spring.data.redis.host=127.0.0.1",
					"--spring.data.redis.port=" + redis.port(), "--spring.datasource.url=" + url,
					"--spring.datasource.username=sa"));
		}
		addresses = shops.stream().map((shop) -> URI.create("http://localhost:" + shop.awaitWebPort())).toList();
	}

	@AfterAll
	static void closeShops() {
		customers.shutdownNow();
		shops.forEach(SampleProcess::close);
		if (databaseServer != null) {
			databaseServer.stop();
		}
		database.destroy();
		redis.close();
	}

	@Test
	void whenLockedThenSellsExactlyWhatThereIs() throws Exception {
		stock("locked");
		long begin = System.nanoTime();
		List<HttpResponse<String>> answers = buy("/products/locked/purchases");
		System.out.printf("With the lock %d of %d were sold, in %d ms%n", sold("locked"), ITEMS,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
		List<HttpResponse<String>> bought = withStatus(answers, 201);
		assertThat(bought).hasSize(ITEMS);
		assertThat(withStatus(answers, 409)).hasSize(CUSTOMERS - ITEMS)
			.allSatisfy((answer) -> assertThat(answer.body()).contains("sold out"));
		assertThat(bought).extracting(PurchaseIntegrationTests::left)
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, ITEMS).boxed().toList());
		assertThat(addresses).as("instances that sold")
			.allSatisfy((address) -> assertThat(bought)
				.anySatisfy((answer) -> assertThat(answer.uri().getPort()).isEqualTo(address.getPort())));
		assertThat(inStock("locked")).isZero();
		assertThat(sold("locked")).isEqualTo(ITEMS);
		assertThatRedisForgets("locked");
	}

	@Test
	void whenNotLockedThenSellsMoreThanThereIs() throws Exception {
		int sold = 0;
		for (int round = 1; round <= ROUNDS && sold <= ITEMS; round++) {
			String sku = "unlocked-" + round;
			stock(sku);
			int succeeded = withStatus(buy("/products/" + sku + "/unlocked-purchases"), 201).size();
			sold = sold(sku);
			System.out.printf("Without the lock %d of %d were sold, and %d are said to be left%n", sold, ITEMS,
					inStock(sku));
			assertThat(sold).isEqualTo(succeeded);
		}
		assertThat(sold).as("sold without the lock").isGreaterThan(ITEMS);
	}

	@Test
	void whenSomebodyElseKeepsTheLockThenTellsToTryAgain() throws Exception {
		stock("kept");
		redis.template().opsForValue().set("redis-lock:{kept}", "somebody:else:1", Duration.ofMinutes(1));
		long begin = System.nanoTime();
		HttpResponse<String> answer = client.send(request(0, "/products/kept/purchases"), BodyHandlers.ofString());
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(2900));
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).contains("1");
		assertThat(answer.body()).contains("Product 'kept' is in such demand");
		assertThat(sold("kept")).isZero();
	}

	private static void assertThatRedisForgets(String key) {
		StringRedisTemplate template = redis.template();
		assertThat(template.hasKey("redis-lock:{" + key + "}")).isFalse();
		assertThat(template.keys("*")).as("keys, among them the last fencing token")
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(template.getExpire(name)).as(name).isNotEqualTo(NO_EXPIRY));
	}

	private static void stock(String sku) {
		jdbc.sql("insert into product (sku, name, delivered, stock) values (?, ?, ?, ?)")
			.params(sku, sku, ITEMS, ITEMS)
			.update();
	}

	private static int inStock(String sku) {
		return jdbc.sql("select stock from product where sku = ?").param(sku).query(Integer.class).single();
	}

	private static int sold(String sku) {
		return jdbc.sql("select count(*) from purchase where sku = ?").param(sku).query(Integer.class).single();
	}

	private static int left(HttpResponse<String> bought) {
		Matcher left = LEFT.matcher(bought.body());
		assertThat(left.find()).as(bought.body()).isTrue();
		return Integer.parseInt(left.group(1));
	}

	private static List<HttpResponse<String>> withStatus(List<HttpResponse<String>> answers, int status) {
		return answers.stream().filter((answer) -> answer.statusCode() == status).toList();
	}

	private static List<HttpResponse<String>> buy(String path) throws Exception {
		List<Callable<HttpResponse<String>>> requests = IntStream.range(0, CUSTOMERS)
			.mapToObj((i) -> request(i, path))
			.<Callable<HttpResponse<String>>>map((request) -> () -> askUntilServed(request))
			.toList();
		List<HttpResponse<String>> answers = new ArrayList<>();
		for (Future<HttpResponse<String>> answer : customers.invokeAll(requests)) {
			answers.add(answer.get());
		}
		return answers;
	}

	private static HttpRequest request(int customer, String path) {
		return HttpRequest.newBuilder(addresses.get(customer % addresses.size()).resolve(path))
			.POST(BodyPublishers.noBody())
			.build();
	}

	// On a machine that is short of time it may not be a customer's turn within 3 s.
	private static HttpResponse<String> askUntilServed(HttpRequest request) throws Exception {
		HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
		for (int attempt = 1; answer.statusCode() == 503 && attempt < ATTEMPTS; attempt++) {
			answer = client.send(request, BodyHandlers.ofString());
		}
		return answer;
	}

}
