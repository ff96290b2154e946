/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.RenewRequest;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Locks in an application that has no Lettuce.
 */
class WithoutLettuceIntegrationTests {

	@Test
	void whenThereIsOnlyJedisThenLeasesAreRenewed() throws Exception {
		Class<?> seen = new WithoutLettuce(getClass().getClassLoader()).loadClass(Renewals.class.getName());
		assertThat(seen).isNotEqualTo(Renewals.class);
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> seen.getClassLoader().loadClass("io.lettuce.core.RedisClient"));
		@SuppressWarnings("unchecked")
		Function<RedisConnectionFactory, List<String>> renewals = (Function<RedisConnectionFactory, List<String>>) seen
			.getDeclaredConstructor()
			.newInstance();
		assertThat(renewals.apply(TestRedis.shared().connect(Driver.JEDIS))).hasSize(10).containsOnly("RENEWED");
	}

	/**
	 * Takes locks and renews them; seen by a class loader of its own.
	 */
	public static final class Renewals implements Function<RedisConnectionFactory, List<String>> {

		@Override
		public List<String> apply(RedisConnectionFactory connections) {
			QueueLockStore store = new QueueLockStore(connections, "redis-lock:", Duration.ofMinutes(1));
			String process = "test:" + UUID.randomUUID();
			List<RenewRequest> requests = new ArrayList<>();
			for (int i = 1; i <= 10; i++) {
				RenewRequest request = new RenewRequest(process + i, new OwnerToken(process, i), Duration.ofSeconds(9));
				store.acquire(new AcquireRequest(request.key(), request.token(), request.expire(), Duration.ZERO, 0))
					.toCompletableFuture()
					.join();
				requests.add(request);
			}
			return store.renewAll(requests)
				.stream()
				.map((answer) -> answer.toCompletableFuture().join().name())
				.toList();
		}

	}

	private static final class WithoutLettuce extends ClassLoader {

		WithoutLettuce(ClassLoader parent) {
			super(parent);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("io.lettuce.")) {
				throw new ClassNotFoundException(name);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				if (loaded != null || !name.startsWith("io.github.redislocked.")) {
					return (loaded != null) ? loaded : super.loadClass(name, resolve);
				}
				try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
					byte[] bytes = in.readAllBytes();
					return defineClass(name, bytes, 0, bytes.length);
				}
				catch (IOException ex) {
					throw new ClassNotFoundException(name, ex);
				}
			}
		}

	}

}
