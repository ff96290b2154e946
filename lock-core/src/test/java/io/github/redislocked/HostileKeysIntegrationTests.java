/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Keys as somebody would enter them who means ill: each is a lock of its own, all the way
 * to Redis and back, and none is more than text.
 */
class HostileKeysIntegrationTests {

	private static final StringRedisTemplate REDIS = TestRedis.shared().template();

	private static final List<String> KEYS = List.of("{", "}", "{}", "}{", "{a}b", "%", "%7B", "%257B", "%7b", "\0",
			"\0\0", "a\r\nb", "a\nb", "a\u2028b", "\u001b[31mred", "\ud83d\udd12", "\ud83d\udc68\u200d\ud83d\udcbb",
			"a b", " a b", "a b ", "a:queue", "a}:queue", "a}:fence", "redis-lock:{a}", "1 1 1000 a:b:1 k", "*", "a*",
			"?", "[a-z]", "'", "\"", "\\", "' + #id + '", "#{T(java.lang.System).setProperty('evaluated', '1')}",
			"T(java.lang.System).setProperty('evaluated', '1')", "T(java.lang.Runtime).getRuntime().halt(1)",
			"${java.home}", "@orders", "#id", "null", "x".repeat(512), "{".repeat(512), "\ud83d\udd12".repeat(128));

	@Test
	void whenAllAreLockedAtOnceThenNoneIsInTheWayOfAnother() throws InterruptedException {
		try (LockedApplication application = new LockedApplication(Driver.LETTUCE, Orders.class)) {
			List<Lease> leases = new ArrayList<>();
			for (String key : KEYS) {
				leases.add(application.locks().acquire(LockSpec.of(key).timeout(Duration.ZERO)));
			}
			Map<String, String> holders = KEYS.stream()
				.collect(Collectors.toMap((key) -> key,
						(key) -> String.valueOf(REDIS.opsForValue().get("redis-lock:{" + escaped(key) + "}"))));
			assertThat(holders.values()).doesNotHaveDuplicates();
			assertThat(leases).allSatisfy(
					(lease) -> assertThat(holders).containsEntry(lease.key(), lease.ownerToken()).hasSize(KEYS.size()));
			leases.forEach(Lease::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenOneIsHandedOverThenTheWakeUpNamesIt(Driver driver) throws InterruptedException {
		try (LockedApplication one = new LockedApplication(driver, Orders.class);
				LockedApplication other = new LockedApplication(driver, Orders.class)) {
			for (String key : KEYS) {
				Lease lease = one.locks().acquire(LockSpec.of(key));
				CompletableFuture<Lease> waiting = other.locks()
					.acquireAsync(LockSpec.of(key).timeout(Duration.ofSeconds(20)))
					.toCompletableFuture();
				TestRedis.awaitWaiters(REDIS, escaped(key), 1);
				lease.close();
				assertThat(waiting).as(key).succeedsWithin(Duration.ofSeconds(10)).satisfies((second) -> {
					assertThat(second.key()).isEqualTo(key);
					second.close();
				});
			}
		}
	}

	@Test
	void whenOneIsAnArgumentThenItIsTextAndLocked() {
		try (LockedApplication application = new LockedApplication(Driver.LETTUCE, Orders.class)) {
			Orders orders = application.get(Orders.class);
			for (String key : KEYS) {
				assertThat(orders.plain(key, () -> Lease.current(key).isPresent())).as(key).isTrue();
				String prefixed = "o:" + key;
				if (prefixed.getBytes(StandardCharsets.UTF_8).length <= LockSpec.MAX_KEY_BYTES) {
					assertThat(orders.template(key, () -> Lease.current(prefixed).isPresent())).as(key).isTrue();
				}
			}
			assertThat(System.getProperty("evaluated")).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\r\n", "\u2028", "\ud83d", "a\udd12b", "\udd12\ud83d" })
	void whenAnArgumentIsNoKeyThenItIsRefusedInOneLine(String key) {
		refused(key);
	}

	@Test
	void whenAnArgumentIsTooLongThenItIsRefusedInOneLine() {
		Stream
			.of("x".repeat(513), "\n".repeat(512) + "x", "\u00e4".repeat(256) + "x", "\ud83d\udd12".repeat(128) + "x",
					"secret" + "\ud83d\udd12".repeat(200))
			.forEach(HostileKeysIntegrationTests::refused);
	}

	private static void refused(String key) {
		try (LockedApplication application = new LockedApplication(Driver.LETTUCE, Orders.class)) {
			Orders orders = application.get(Orders.class);
			assertThatIllegalArgumentException().isThrownBy(() -> orders.plain(key, () -> true))
				.withMessageStartingWith("The key \"#id\" of @RedisLocked on " + Orders.class.getName())
				.withMessageContaining("A lock key must ")
				.satisfies(
						(ex) -> assertThat(ex.getMessage()).doesNotContainPattern("[\\p{Cc}\u2028\u2029]|secret|xxx"));
		}
	}

	private static String escaped(String key) {
		return key.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
	}

	static class Orders {

		@RedisLocked(key = "#id", timeout = "0")
		boolean plain(String id, Supplier<Boolean> inside) {
			return inside.get();
		}

		@RedisLocked(key = "o:#{#id}", timeout = "0")
		boolean template(String id, Supplier<Boolean> inside) {
			return inside.get();
		}

	}

}
