/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.config.EnableRedisLocks;
import io.github.redislocked.config.RedisLockSettings;
import org.awaitility.Awaitility;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with locked beans on the shared Redis, and a key that no other test has.
 */
public final class LockedApplication implements AutoCloseable {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "async:" + UUID.randomUUID();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	public LockedApplication(Driver driver, Class<?>... components) {
		this.context.registerBean("redis", RedisConnectionFactory.class, () -> TestRedis.shared().connect(driver));
		this.context.register(Enabled.class);
		this.context.registerBean(RedisLockSettings.class, TestSettings::defaults);
		this.context.register(components);
		this.context.refresh();
		// The first command loads classes and connects, which takes its time.
		take("warm-up:" + this.key).close();
	}

	public <T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	public String key() {
		return this.key;
	}

	public LockTemplate locks() {
		return get(LockTemplate.class);
	}

	/**
	 * Takes the lock as somebody else would.
	 * @return a lease that is current nowhere
	 */
	public Lease take() {
		return take(this.key);
	}

	public Lease take(String key) {
		try {
			return locks().acquire(LockSpec.of(key).timeout(Duration.ofSeconds(20)));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Deletes the lock by hand.
	 */
	public void steal() {
		assertThat(this.redis.delete("redis-lock:{" + this.key + "}")).isTrue();
	}

	public boolean isLocked() {
		return this.redis.hasKey("redis-lock:{" + this.key + "}");
	}

	/**
	 * Waits until somebody waits in Redis.
	 */
	public void awaitWaiter() {
		TestRedis.awaitWaiters(this.redis, this.key, 1);
	}

	/**
	 * Waits until nobody waits in Redis.
	 */
	public void awaitNoWaiter() {
		TestRedis.awaitWaiters(this.redis, this.key, 0);
	}

	/**
	 * Waits until neither the lock nor a place in its queue is left, and sees that
	 * another caller gets it.
	 */
	public void awaitNothingLeft() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertThat(this.redis.keys("redis-lock:{" + this.key + "}*"))
				.allMatch((name) -> name.endsWith(":fence")));
		take().close();
	}

	/**
	 * Counts the scripts that run on the server meanwhile.
	 * @param work what is to be done
	 * @return the number of scripts
	 */
	public long scripts(Runnable work) {
		TestRedis.resetStatistics(this.redis);
		work.run();
		return TestRedis.calls(this.redis, "evalsha") + TestRedis.calls(this.redis, "eval");
	}

	/**
	 * Waits for a latch.
	 * @param latch the latch
	 */
	public static void await(CountDownLatch latch) {
		Awaitility.await().until(() -> latch.getCount() == 0);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class Enabled {

	}

}
