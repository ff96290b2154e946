/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisLockedIntegrationTests {

	private final AnnotationConfigApplicationContext one = new AnnotationConfigApplicationContext(App.class);

	private final AnnotationConfigApplicationContext other = new AnnotationConfigApplicationContext(App.class);

	private final ExecutorService executor = Executors.newFixedThreadPool(8);

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.one.close();
		this.other.close();
	}

	@Test
	void whenManyCallersInTwoApplicationsThenOneIsInside() throws Exception {
		Inside inside = new Inside();
		List<Future<?>> calls = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			Counter counter = ((i % 2 == 0) ? this.one : this.other).getBean(Counter.class);
			calls.add(this.executor.submit(() -> {
				for (int n = 0; n < 25; n++) {
					counter.count("many", inside);
				}
			}));
		}
		for (Future<?> call : calls) {
			call.get(60, TimeUnit.SECONDS);
		}
		assertThat(inside.most).isEqualTo(1);
		assertThat(inside.total).isEqualTo(200);
		assertThat(TestRedis.shared().template().hasKey("redis-lock:{count:many}")).isFalse();
	}

	@Test
	void whenLockIsHeldElsewhereThenNotAcquired() {
		Counter counter = this.other.getBean(Counter.class);
		this.one.getBean(Counter.class)
			.inside("held", () -> assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> counter.inside("held", () -> {
				}))
				.satisfies((ex) -> assertThat(ex.holder()).isPresent()));
	}

	@Test
	void whenInsideThenTheFencingTokenIsReadAndGrows() {
		List<Long> tokens = new ArrayList<>();
		Runnable body = () -> {
			Lease lease = Lease.current().orElseThrow();
			assertThat(Lease.current("fenced")).contains(lease);
			tokens.add(lease.fencingToken());
		};
		for (int i = 0; i < 3; i++) {
			this.one.getBean(Counter.class).inside("fenced", body);
			this.other.getBean(Counter.class).inside("fenced", body);
		}
		assertThat(tokens).hasSize(6).isSorted().doesNotHaveDuplicates();
		assertThat(TestRedis.shared().template().opsForHash().get("redis-lock:{fenced}:fence", "last"))
			.isEqualTo(Long.toString(tokens.get(5) + RedisLockSettings.defaults().localHandover().maxPasses()));
	}

	static class Inside {

		private final AtomicInteger now = new AtomicInteger();

		private volatile int most;

		private int total;

	}

	static class Counter {

		@RedisLocked(key = "'count:' + #key", timeout = "30s")
		void count(String key, Inside inside) {
			inside.most = Math.max(inside.most, inside.now.incrementAndGet());
			inside.total++;
			Thread.yield();
			inside.now.decrementAndGet();
		}

		@RedisLocked(key = "#key", timeout = "0")
		void inside(String key, Runnable body) {
			body.run();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class App {

		@Bean
		RedisConnectionFactory redis() {
			return TestRedis.shared().connect(Driver.LETTUCE);
		}

		@Bean
		Counter counter() {
			return new Counter();
		}

	}

}
