/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.TestRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application with Spring Boot's own metrics exports of its locks, and that the
 * queries in the documentation find it.
 */
class ObservabilityIntegrationTests {

	private static final StringRedisTemplate redis = TestRedis.shared().template();

	private static ConfigurableApplicationContext context;

	private static PromQueries queries;

	@BeforeAll
	static void start() throws Exception {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.data.redis.host", "127.0.0.1", "spring.data.redis.port",
					TestRedis.shared().port(), "management.metrics.distribution.percentiles-histogram.redis.lock",
					"true", "logging.level.root", "error"))
			.run();
		use(context.getBean(LockTemplate.class), context.getBean(OrderDesk.class));
		queries = new PromQueries(context.getBean(PrometheusMeterRegistry.class).scrape());
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void whenOperatorsAreAdvisedThenTheirQueriesFindWhatIsExported() {
		assertThat(PromQueries.ofPage("docs/operations.md")).hasSizeGreaterThanOrEqualTo(7)
			.allSatisfy(queries::assertAnswerable);
	}

	@Test
	void whenTheDashboardIsShownThenItsQueriesFindWhatIsExported() {
		assertThat(PromQueries.ofDashboard("docs/grafana/redislocked.json")).hasSizeGreaterThanOrEqualTo(8)
			.allSatisfy(queries::assertAnswerable);
	}

	@Test
	void whenLocksWereUsedThenTheFiguresAgree() {
		MeterRegistry meters = context.getBean(PrometheusMeterRegistry.class);
		assertThat(meters.get("redis.lock.acquire").tags("name", "Orders.reserve", "outcome", "acquired").timer())
			.satisfies((timer) -> assertThat(timer.count()).isEqualTo(1));
		assertThat(count(meters, "acquired")).isEqualTo(5);
		assertThat(count(meters, "timeout")).isEqualTo(1);
		assertThat(count(meters, "reentrant")).isEqualTo(1);
		assertThat(count(meters, "cancelled")).isEqualTo(1);
		assertThat(count(meters, "error")).isEqualTo(1);
		assertThat(meters.get("redis.lock.hold").tags("name", "stock", "outcome", "released").timer().count())
			.isEqualTo(4);
		assertThat(meters.get("redis.lock.lost").tag("name", "stock").counter().count()).isEqualTo(1);
		assertThat(meters.get("redis.lock.handover").tags("name", "stock", "type", "local").counter().count())
			.isEqualTo(1);
		assertThat(meters.get("redis.lock.renewals").tags("name", "stock", "outcome", "renewed").counter().count())
			.isEqualTo(1);
		assertThat(meters.get("redis.lock.held").tag("name", "stock").gauge().value()).isZero();
		assertThat(meters.get("redis.lock.waiting").tag("name", "stock").gauge().value()).isZero();
	}

	@Test
	void whenNothingIsSaidOfKeysThenNothingThatIsExportedHasThem() {
		assertThat(context.getBean(PrometheusMeterRegistry.class).scrape()).contains("stock", "Orders.reserve")
			.doesNotContain("\"order:", "\"observed", "\"no lock");
	}

	@Test
	void whenAQueryAsksForWhatIsNotThereThenThatIsNoticed() {
		for (String wrong : List.of("sum(redis_lock_acquired_total)", "sum by (key) (redis_lock_held)",
				"sum(redis_lock_acquire_seconds_count{outcome=\"failed\"})", "sum(redis_lock_held{key=\"a\"})",
				"summe(redis_lock_held)", "sum(redis_lock_held))")) {
			assertThatExceptionOfType(AssertionError.class).as(wrong).isThrownBy(() -> queries.assertAnswerable(wrong));
		}
	}

	private static double count(MeterRegistry meters, String outcome) {
		return meters.get("redis.lock.acquire").tags("name", "stock", "outcome", outcome).timer().count();
	}

	// Five acquisitions: of the lock that is shared, renewed and passed on; of the one
	// that it is passed on to; two that are released; one that is lost.
	private static void use(LockTemplate locks, OrderDesk orders) throws Exception {
		orders.reserve("observed", () -> "reserved");
		LockSpec spec = LockSpec.of("observed").name("stock").timeout(Duration.ofSeconds(20));
		Lease first = locks.acquire(spec);
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> locks.acquire(spec.timeout(Duration.ZERO)));
		CompletionStage<Lease> gone = locks.acquireAsync(spec);
		gone.toCompletableFuture().cancel(true);
		first.renew(Duration.ofSeconds(30));
		CompletionStage<Lease> second = locks.acquireAsync(spec);
		first.run(() -> shareAndClose(locks, spec));
		first.close();
		second.toCompletableFuture().join().close();
		locks.acquire(spec).close();
		locks.acquire(spec).close();
		Lease lost = locks.acquire(spec);
		redis.delete("redis-lock:{observed}");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> lost.renew(Duration.ofMinutes(1)));
		redis.opsForList().leftPush("redis-lock:{no lock}", "a list");
		assertThatExceptionOfType(LockStoreException.class)
			.isThrownBy(() -> locks.acquire(LockSpec.of("no lock").name("stock")));
		redis.delete("redis-lock:{no lock}");
	}

	private static void shareAndClose(LockTemplate locks, LockSpec spec) {
		try {
			locks.acquire(spec).close();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Orders.class)
	static class Application {

	}

}
