/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.concurrent.CompletableFuture;

import io.github.redislocked.sample.live.Happening.Kind;
import io.github.redislocked.sample.shop.ShopApplication;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TestRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What visitors of the page are told while Redis fails.
 */
class LiveFailureIntegrationTests {

	private final Show show = Show.of(ShowKind.BUYERS, true);

	private static TestRedis redis;

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void open() {
		redis = TestRedis.start();
		application = new SpringApplicationBuilder(ShopApplication.class).run("--server.port=0",
				"--spring.data.redis.port=" + redis.port());
	}

	@AfterAll
	static void close() {
		application.close();
		redis.close();
	}

	@Test
	void whenRedisFailsWhileAVisitorIsAdmittedThenItIsSentAwayAndCanComeAgain() throws Exception {
		long server = redis.pid();
		CompletableFuture<Void> frozen = new CompletableFuture<>();
		// Nobody is admitted before the server is frozen.
		application.getBean(Broadcast.class).betweenReads((last) -> frozen.join());
		try (EventStream visitor = visit()) {
			assertThat(visitor.status()).isEqualTo(200);
			Signals.freeze(server);
			try {
				frozen.complete(null);
				await().until(visitor::ended);
			}
			finally {
				Signals.thaw(server);
			}
		}
		finally {
			frozen.complete(null);
		}
		try (EventStream again = visit()) {
			tell(Kind.END, null);
			await().until(() -> again.has(Kind.END));
		}
	}

	@Test
	void whenRedisRefusesCustomersTheirShareThenVisitorsAreToldAllTheSame() throws Exception {
		application.getBean(Feed.class).begin();
		redis.template().opsForHash().put(LiveKeys.SHELF, "claims", "not a number");
		try (EventStream visitor = visit()) {
			tell(Kind.BEGIN, null);
			// From now on it is told what is read, not what it has missed.
			await().until(() -> visitor.has(Kind.BEGIN));
			tell(Kind.CALL, new Call(1, 1, "buyer", false, 1));
			await().until(() -> visitor.has(Kind.CALL));
			tell(Kind.END, null);
			await().until(() -> visitor.has(Kind.END));
			assertThat(visitor.entries()).extracting((entry) -> entry.happening().kind())
				.containsExactly(Kind.BEGIN, Kind.CALL, Kind.END);
		}
	}

	private void tell(Kind kind, @Nullable Call call) {
		application.getBean(Feed.class).tell(new Happening(kind, this.show, "other", null, null, null, call, null));
	}

	private static EventStream visit() throws Exception {
		return EventStream
			.open(Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port")));
	}

}
