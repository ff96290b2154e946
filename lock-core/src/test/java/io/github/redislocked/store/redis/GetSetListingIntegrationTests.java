/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.redislocked.inspection.ListedLock;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listing of locks of the protocol {@code getset} shows, and what not.
 */
class GetSetListingIntegrationTests {

	private static final ListingServer SERVER = ListingServer.start(LockRights.GETSET);

	private final StringRedisTemplate redis = SERVER.redis();

	@BeforeEach
	void nothingIsThere() {
		SERVER.clear();
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenManyLocksAreHeldThenEachIsListedOnce(Driver driver) {
		for (String prefix : List.of("", "redis-lock:")) {
			SERVER.clear();
			try (ListingProcess process = SERVER.process(driver, prefix)) {
				Set<String> held = new HashSet<>();
				for (int i = 0; i < 200; i++) {
					String key = "order:" + i;
					OwnerToken token = process.acquire(key);
					if (i % 3 == 0) {
						process.release(key, token);
					}
					else {
						held.add(key);
					}
				}
				SERVER.numbers("counter:", 500);
				for (int limit : List.of(1, 7, 1000)) {
					assertThat(ListingProcess.keys(limit, process)).containsExactlyInAnyOrderElementsOf(held);
				}
			}
		}
	}

	@Test
	void whenALockIsOursThenItHasTokens() {
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, "")) {
			OwnerToken token = process.acquire("order:42");
			ListedLock lock = process.page(null, 10).locks().get(0);
			assertThat(lock.key()).isEqualTo("order:42");
			assertThat(lock.ownerToken()).isEqualTo(token.toString());
			assertThat(lock.instance()).isEqualTo("shop-1");
			assertThat(lock.remaining()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(31));
			assertThat(this.redis.opsForHash().get("redis-lock-owner:{order:42}", "fence"))
				.isEqualTo(String.valueOf(lock.lastFencingToken()));
			assertThat(lock.waiters()).isZero();
		}
	}

	@Test
	void whenALeaseHasRunOutThenItIsNotListedThoughItsKeyIsThere() {
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, "")) {
			process.acquire("long");
			process.acquire("short");
			String past = Long.toString(Instant.now().getEpochSecond() - 5);
			this.redis.opsForValue().set("short", past);
			this.redis.opsForHash().put("redis-lock-owner:{short}", "value", past);
			assertThat(ListingProcess.keys(10, process)).containsExactly("long");
			assertThat(this.redis.hasKey("short")).isTrue();
		}
	}

	@Test
	void whenKeysHaveNoPrefixThenOnlyTimesToComeAreLocks() {
		long now = Instant.now().getEpochSecond();
		this.redis.opsForValue().set("foreign", Long.toString(now + 60));
		this.redis.opsForValue().set("foreign:past", Long.toString(now - 60));
		this.redis.opsForValue().set("millis", Long.toString((now + 60) * 1000));
		this.redis.opsForValue().set("negative", Long.toString(-now));
		this.redis.opsForValue().set("fraction", now + 60 + ".5");
		this.redis.opsForValue().set("exponent", "2e9");
		this.redis.opsForValue().set("text", "text");
		this.redis.opsForValue().set("empty", "");
		this.redis.opsForValue().set("long", Long.toString(now + 60).repeat(100_000));
		this.redis.opsForValue().set("a}b", Long.toString(now + 60));
		this.redis.opsForValue().set("redis-lock-owner:{text}", Long.toString(now + 60));
		this.redis.opsForHash().put("hash", "field", Long.toString(now + 60));
		this.redis.opsForList().leftPush("list", Long.toString(now + 60));
		this.redis.opsForValue().set("spoilt", Long.toString(now + 60));
		this.redis.opsForValue().set("redis-lock-owner:{spoilt}", "text");
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, "")) {
			process.acquire("ours");
			List<ListedLock> locks = ListingProcess.walk(100, process);
			assertThat(locks).extracting(ListedLock::key).containsExactlyInAnyOrder("foreign", "ours", "spoilt");
			assertThat(locks).filteredOn((lock) -> lock.key().equals("foreign")).singleElement().satisfies((lock) -> {
				assertThat(lock.ownerToken()).isNull();
				assertThat(lock.lastFencingToken()).isNull();
				assertThat(lock.remaining()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61));
			});
		}
		// None of them has crossed the wire, nor been copied for a script.
		assertThat(TestRedis.calls(this.redis, "getrange")).isBetween(10L, 15L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "redis-lock:", "a*b?[cd]\\:", "{tag}:", "{open", "\u00e4 \n" })
	void whenKeysAndPrefixesLookLikeSomethingElseThenTheLocksAreFound(String prefix) {
		String[] keys = { "a:queue", "a:fence", "%7B", "%257D", "100%", "two\r\nlines", "%0A", "*", "[a]", "\\", "\0",
				"\ud83d\udd12" };
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, prefix);
				ListingProcess similar = SERVER.process(Driver.LETTUCE, "axxb?c\\:")) {
			Set.of(keys).forEach(process::acquire);
			if (!prefix.isEmpty()) {
				similar.acquire("not ours");
			}
			assertThat(ListingProcess.keys(5, process)).containsExactlyInAnyOrder(keys);
		}
	}

}
