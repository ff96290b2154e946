/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NonBlockingScripts}.
 */
class NonBlockingScriptsIntegrationTests {

	private final AtomicInteger commands = new AtomicInteger();

	@ParameterizedTest
	@EnumSource(LockAlgorithm.class)
	void whenTheDriverIsReactiveThenCallersThatDoNotBlockUseIt(LockAlgorithm algorithm) throws InterruptedException {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean("redis", RedisConnectionFactory.class, this::counted);
			context.registerBean(RedisLockSettings.class, () -> settings(algorithm));
			context.register(Enabled.class);
			context.refresh();
			LockTemplate locks = context.getBean(LockTemplate.class);
			LockSpec spec = LockSpec.of("reactive:" + UUID.randomUUID());
			locks.acquire(spec).close();
			assertThat(this.commands).hasValue(0);
			Lease lease = locks.acquireAsync(spec).toCompletableFuture().join();
			assertThat(this.commands).hasValue(1);
			lease.closeAsync().toCompletableFuture().join();
			assertThat(this.commands).hasValue(2);
			locks.acquire(spec.timeout(Duration.ZERO)).close();
			assertThat(this.commands).hasValue(2);
		}
	}

	@Test
	void whenTheDriverBlocksThenThereIsNone() {
		assertThat(NonBlockingScripts.on(TestRedis.shared().connect(Driver.JEDIS))).isNull();
	}

	private static RedisLockSettings settings(LockAlgorithm algorithm) {
		RedisLockSettings defaults = RedisLockSettings.defaults();
		return new RedisLockSettings(true, algorithm, defaults.keyPrefix(), defaults.expire(), defaults.timeout(),
				defaults.maxHold(), null, defaults.order(), defaults.fenceRetention(), Duration.ofMillis(100),
				defaults.localHandover(), defaults.replicasWait());
	}

	private RedisConnectionFactory counted() {
		ProxyFactory proxies = new ProxyFactory(TestRedis.shared().connect(Driver.LETTUCE));
		proxies.addAdvice((MethodInterceptor) (call) -> {
			if (call.getMethod().getName().equals("getReactiveConnection")) {
				this.commands.incrementAndGet();
			}
			return call.proceed();
		});
		return (RedisConnectionFactory) proxies.getProxy();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class Enabled {

	}

}
