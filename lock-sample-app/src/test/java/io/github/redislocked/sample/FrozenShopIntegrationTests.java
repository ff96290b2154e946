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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of the shop. One is frozen in the middle of a sale, until its lock has
 * run out and the other one has sold; then it goes on where it was.
 */
class FrozenShopIntegrationTests {

	private static final Duration EXPIRE = Duration.ofSeconds(1);

	// Long enough to freeze the shop meanwhile.
	private static final Duration SLOW_PAYMENT = Duration.ofSeconds(8);

	// As many as a lock may pass inside a shop.
	private static final int RESERVED = 16;

	private static final TestRedis redis = TestRedis.start();

	// As long as it is open the database, which is in memory, lives.
	private static final SingleConnectionDataSource database = new SingleConnectionDataSource("jdbc:h2:mem:frozen",
			"sa", "", true);

	private static final JdbcClient jdbc = JdbcClient.create(database);

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final List<SampleProcess> shops = new ArrayList<>();

	private static Server databaseServer;

	@BeforeAll
	static void openShops() throws SQLException {
		jdbc.sql("select 1").query(Integer.class).single();
		databaseServer = Server.createTcpServer("-tcpPort", "0").start();
		shops.add(open("slow", "--shop.payment-takes=" + SLOW_PAYMENT.toMillis() + "ms",
				"--logging.level.io.github.redislocked.sample.shop=debug"));
		shops.add(open("quick"));
		shops.forEach(SampleProcess::awaitWebPort);
	}

	@AfterAll
	static void closeShops() {
		shops.forEach(SampleProcess::close);
		if (databaseServer != null) {
			databaseServer.stop();
		}
		database.destroy();
		redis.close();
	}

	@Test
	void whenAHolderIsFrozenBeyondItsLeaseThenTheDatabaseRefusesItsStaleWrite() throws Exception {
		SampleProcess slow = shops.get(0);
		SampleProcess quick = shops.get(1);
		StringRedisTemplate template = redis.template();
		jdbc.sql("insert into product (sku, name, delivered, stock) values ('lens', 'Lens', 100, 100)").update();
		CompletableFuture<HttpResponse<String>> stale = purchase(slow);
		slow.awaitLog("Taking the money");
		// It has read the stock, but written nothing.
		slow.freeze();
		long fence;
		try {
			assertThat(stale).as("a sale that takes %s", SLOW_PAYMENT).isNotDone();
			HttpResponse<String> sold = purchase(quick).get(1, TimeUnit.MINUTES);
			assertThat(sold.statusCode()).as(sold.body()).isEqualTo(201);
			assertThat(sold.body()).contains("\"left\":99");
			fence = fence();
			assertThat(fence).isPositive();
			// Some more are kept free, for callers of the same shop.
			assertThat(template.opsForHash().get("redis-lock:{lens}:fence", "last"))
				.isEqualTo(Long.toString(fence + RESERVED));
		}
		finally {
			slow.thaw();
		}
		HttpResponse<String> refused = stale.get(1, TimeUnit.MINUTES);
		assertThat(product()).containsEntry("STOCK", 99).containsEntry("SOLD", 1L).containsEntry("FENCE", fence);
		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(refused.headers().firstValue("Retry-After")).contains("1");
		assertThat(refused.body()).contains("Product 'lens' has been written since it was read", "try again");
		assertThat(purchase(quick).get(1, TimeUnit.MINUTES).body()).contains("\"left\":98");
		assertThat(product()).containsEntry("STOCK", 98).containsEntry("SOLD", 2L);
		Awaitility.await().until(() -> !template.hasKey("redis-lock:{lens}"));
	}

	private static SampleProcess open(String name, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--shop.expire=" + EXPIRE.toMillis() + "ms",
				"--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + redis.port(),
				"--spring.datasource.url=jdbc:h2:tcp://localhost:" + databaseServer.getPort() + "/mem:frozen",
				"--spring.datasource.username=sa"));
		all.addAll(Arrays.asList(arguments));
		return SampleProcess.start("frozen-" + name, all.toArray(String[]::new));
	}

	private static CompletableFuture<HttpResponse<String>> purchase(SampleProcess shop) {
		URI counter = URI.create("http://localhost:" + shop.awaitWebPort() + "/products/lens/purchases");
		return client.sendAsync(HttpRequest.newBuilder(counter).POST(BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
	}

	private static long fence() {
		return jdbc.sql("select fence from product where sku = 'lens'").query(Long.class).single();
	}

	private static Map<String, Object> product() {
		return jdbc.sql("""
				select stock, fence, (select count(*) from purchase where sku = 'lens') as sold
				from product where sku = 'lens'
				""").query().singleRow();
	}

}
