/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.redislocked.inspection.ListedLock;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listing of locks of the protocol {@code queue} shows, and what not.
 */
class QueueListingIntegrationTests {

	private static final String PREFIX = "redis-lock:";

	private static final ListingServer SERVER = ListingServer.start(LockRights.QUEUE);

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
		try (ListingProcess process = SERVER.process(driver, PREFIX)) {
			Set<String> held = new HashSet<>();
			for (int i = 0; i < 300; i++) {
				String key = "order:" + i;
				OwnerToken token = process.acquire(key);
				if (i % 3 == 0) {
					process.release(key, token);
				}
				else {
					held.add(key);
				}
			}
			SERVER.numbers("order:", 500);
			for (int limit : List.of(1, 7, 1000)) {
				assertThat(ListingProcess.keys(limit, process)).containsExactlyInAnyOrderElementsOf(held);
			}
		}
		assertThat(TestRedis.calls(this.redis, "keys")).isZero();
	}

	@Test
	void whenALockIsListedThenItsFiguresAreThoseOfRedis() {
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, PREFIX)) {
			OwnerToken token = process.acquire("order:42");
			process.await("order:42");
			ListedLock lock = process.page(null, 10).locks().get(0);
			assertThat(lock.key()).isEqualTo("order:42");
			assertThat(lock.ownerToken()).isEqualTo(token.toString())
				.isEqualTo(this.redis.opsForValue().get("redis-lock:{order:42}"));
			assertThat(lock.instance()).isEqualTo("shop-1");
			assertThat(lock.remaining()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
			assertThat(this.redis.opsForHash().get("redis-lock:{order:42}:fence", "last"))
				.isEqualTo(String.valueOf(lock.lastFencingToken()));
			assertThat(lock.waiters()).isEqualTo(1);
		}
	}

	@Test
	void whenALeaseRunsOutWhileItIsLookedUpThenItIsNotListedThoughOthersWait() {
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, PREFIX)) {
			// Long enough to be found.
			process.acquire("order:42", Duration.ofSeconds(2));
			process.await("order:42");
			assertThat(listing(process,
					() -> Awaitility.await().until(() -> this.redis.opsForValue().get("redis-lock:{order:42}") == null))
				.page(null, 10)).isEqualTo(new LockPage(List.of(), null));
			assertThat(process.inspection().inspect("order:42").waiters()).isEqualTo(1);
		}
	}

	@Test
	void whenALockIsReleasedWhileItIsLookedUpThenItIsNotListed() {
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, PREFIX)) {
			OwnerToken token = process.acquire("order:42");
			assertThat(listing(process, () -> process.release("order:42", token)).page(null, 10))
				.isEqualTo(new LockPage(List.of(), null));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis-lock:", "", "a*b?[cd]\\:", "100%:", "\u00e4 \n" })
	void whenKeysAndPrefixesLookLikeSomethingElseThenTheLocksAreFound(String prefix) {
		String[] keys = { "a:queue", "a:fence", "}:queue", "{x}", "%7B", "%257D", "100%", "two\r\nlines", "%0A", "*",
				"[a]", "\\", "\0", "\ud83d\udd12", "redis-lock:{a}", "end}" };
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, prefix);
				ListingProcess similar = SERVER.process(Driver.LETTUCE, "axxb?c\\:")) {
			Set.of(keys).forEach(process::acquire);
			similar.acquire("not ours");
			assertThat(ListingProcess.keys(5, process)).containsExactlyInAnyOrder(keys);
		}
	}

	@Test
	void whenOtherKeysLookLikeLocksThenOnlyThoseInALocksWayAreListed() {
		for (String name : List.of("{a}b}", "{a{b}", "{%zz}", "{%2}", "{%7b}", "{}", "{ }", "{" + "x".repeat(513) + "}",
				"x", "{x", "x}", "{x}:queue", "{x}:fence")) {
			this.redis.opsForValue().set(PREFIX + name, "text");
		}
		this.redis.opsForValue().set("x" + PREFIX + "{other}", "text");
		this.redis.opsForValue().set("REDIS-LOCK:{other}", "text");
		this.redis.opsForHash().put(PREFIX + "{hash}", "field", "value");
		this.redis.opsForZSet().add(PREFIX + "{set}", "member", 1);
		this.redis.opsForValue().set(PREFIX + "{blocked}", "text");
		this.redis.opsForValue().set(PREFIX + "{spoilt}", "text");
		this.redis.opsForValue().set(PREFIX + "{spoilt}:fence", "text");
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, PREFIX)) {
			process.acquire("ours");
			process.acquire("a}b");
			List<ListedLock> locks = ListingProcess.walk(100, process);
			assertThat(locks).extracting(ListedLock::key).containsExactlyInAnyOrder("a}b", "blocked", "ours", "spoilt");
			assertThat(locks).filteredOn((lock) -> lock.ownerToken() == null)
				.hasSize(2)
				.allSatisfy(
						(lock) -> assertThat(lock).isEqualTo(new ListedLock(lock.key(), null, null, null, null, 0)));
		}
	}

	// Something happens after a lock has been found, before it is looked at.
	private static LockListing listing(ListingProcess process, Runnable meanwhile) {
		QueueInspection inspection = (QueueInspection) process.inspection();
		return new LockListing(inspection.scripts(), inspection.site().names(), LockRights.QUEUE, (key) -> {
			assertThat(process.inspection().inspect(key).held()).isTrue();
			meanwhile.run();
			return inspection.inspect(key);
		});
	}

}
