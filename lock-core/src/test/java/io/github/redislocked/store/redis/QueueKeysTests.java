/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link QueueKeys}, over keys that try to look like another lock's.
 */
class QueueKeysTests {

	private static final long SEED = 20260101;

	private static final int KEYS = 20_000;

	private static final String[] PIECES = { "{", "}", "{}", "}{", "%", "%%", "%7B", "%7D", "%25", "%257B", "%2", "5",
			"7B", "7b", ":queue", ":fence", "}:queue", "}:fence", "redis-lock:", "redis-lock:{", "a", "b", "A", ":",
			" ", "\t", "\n", "\r", "\0", "\u001b[2J", "\u007f", "\u00e4", "\u20ac", "\ud83d\udd12", "*", "?", "\\", "'",
			"\"" };

	private final QueueKeys keys = new QueueKeys("redis-lock:");

	private final Set<String> hostile = hostileKeys();

	@Test
	void whenKeysDifferThenNoRedisKeyIsShared() {
		Map<String, String> owners = new HashMap<>();
		for (String key : this.hostile) {
			for (String name : this.keys.of(key)) {
				assertThat(owners.put(name, key)).as("other key of " + name).isNull();
			}
		}
		assertThat(owners).hasSize(3 * this.hostile.size());
	}

	@Test
	void whenWrittenAsUtf8ThenNoRedisKeyIsShared() {
		Set<String> bytes = new LinkedHashSet<>();
		this.hostile.forEach((key) -> this.keys.of(key)
			.forEach((name) -> bytes
				.add(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))));
		assertThat(bytes).hasSize(3 * this.hostile.size());
	}

	@Test
	void whenAnyKeyThenOneSlotThatTheKeyDecides() {
		for (String key : this.hostile) {
			List<String> names = this.keys.of(key);
			int slot = SlotHash.getSlot(names.get(0));
			String tag = names.get(0).substring("redis-lock:{".length(), names.get(0).length() - 1);
			assertThat(tag).doesNotContain("{", "}").isNotEmpty();
			assertThat(slot).isEqualTo(SlotHash.getSlot(tag));
			assertThat(names).allSatisfy((name) -> {
				assertThat(SlotHash.getSlot(name)).isEqualTo(slot);
				assertThat(JedisClusterCRC16.getSlot(name)).isEqualTo(slot);
			});
		}
	}

	@Test
	void whenAWakeUpNamesTheLockThenItsKeyIsKnown() {
		assertThat(this.hostile)
			.allSatisfy((key) -> assertThat(this.keys.userKey(this.keys.of(key).get(0))).isEqualTo(key));
	}

	@Test
	void whenPlainThenReadable() {
		assertThat(this.keys.of("order:42")).containsExactly("redis-lock:{order:42}", "redis-lock:{order:42}:queue",
				"redis-lock:{order:42}:fence");
	}

	@Test
	void whenThePrefixIsAnyTextThenTheSlotIsTheKeys() {
		for (String prefix : List.of("", "%7B", ":", "a b", "\u20ac")) {
			QueueKeys other = new QueueKeys(prefix);
			assertThat(SlotHash.getSlot(other.of("x").get(1))).isEqualTo(SlotHash.getSlot("x"));
			assertThat(other.userKey(other.of("%{").get(0))).isEqualTo("%{");
		}
	}

	@Test
	void whenThePrefixHoldsBracesThenRefused() {
		for (String prefix : List.of("{", "}", "{app}:")) {
			assertThatIllegalArgumentException().isThrownBy(() -> new QueueKeys(prefix))
				.withMessageContaining("redis-lock.key-prefix")
				.withMessageContaining(prefix);
		}
	}

	private static Set<String> hostileKeys() {
		Random random = new Random(SEED);
		Set<String> keys = new LinkedHashSet<>(List.of(PIECES));
		// The whole length that a key may have, in its longest escaped form too.
		keys.addAll(List.of("{".repeat(512), "%".repeat(512), "}".repeat(511) + "a", "\ud83d\udd12".repeat(128)));
		for (int i = 0; i < KEYS; i++) {
			List<String> parts = new ArrayList<>();
			for (int j = 1 + random.nextInt(6); j > 0; j--) {
				parts.add(PIECES[random.nextInt(PIECES.length)]);
			}
			keys.add(String.join("", parts));
		}
		return keys;
	}

}
