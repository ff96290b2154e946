/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.concurrent.CountDownLatch;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.Renewal;
import io.github.redislocked.annotation.OnLoss;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Annotated methods whose lock is lost in a real Redis.
 */
class OnLossIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(App.class);

	private final Work work = this.context.getBean(Work.class);

	@AfterEach
	void close() {
		this.context.close();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void whenInterruptThenTheMethodEndsSoonAndItsExceptionCarriesTheLoss() {
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.work.interrupted(() -> {
			this.redis.delete("redis-lock:{on-loss:interrupt}");
			new CountDownLatch(1).await();
		})).satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class));
	}

	@Test
	void whenReportThenTheMethodCanSeeItAndTheCallerIsTold() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.reported(() -> {
			Lease lease = Lease.current().orElseThrow();
			assertThat(lease.isHeld()).isTrue();
			this.redis.delete("redis-lock:{on-loss:report}");
			Awaitility.await().until(() -> !lease.isHeld());
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
		})).satisfies((ex) -> assertThat(ex.key()).isEqualTo("on-loss:report"));
	}

	interface Body {

		void run() throws InterruptedException;

	}

	static class Work {

		@RedisLocked(key = "on-loss:interrupt", expire = "1500ms", renew = Renewal.ALWAYS, onLoss = OnLoss.INTERRUPT)
		void interrupted(Body body) throws InterruptedException {
			body.run();
		}

		@RedisLocked(key = "on-loss:report", expire = "1500ms", renew = Renewal.ALWAYS)
		void reported(Body body) throws InterruptedException {
			body.run();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class App {

		@Bean
		RedisConnectionFactory redisConnectionFactory() {
			return TestRedis.shared().connect(Driver.LETTUCE);
		}

		@Bean
		Work work() {
			return new Work();
		}

	}

}
