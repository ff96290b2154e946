/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.util.JedisClusterCRC16;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GetSetKeys}.
 */
class GetSetKeysTests {

	private static final String[] ATOMS = { "{", "}", "a", "%", "redis-lock-owner:", "tagged:" };

	@Test
	void whenKeyIsPlainThenLockHasItsNameAndNothingAdded() {
		assertThat(new GetSetKeys("").of("order:42")).containsExactly("order:42", "redis-lock-owner:{order:42}");
		assertThat(new GetSetKeys("app:").of("order:42")).containsExactly("app:order:42",
				"redis-lock-owner:{app:order:42}");
	}

	@Test
	void whenKeyHasHashTagThenCompanionHasTheSame() {
		assertThat(new GetSetKeys("").of("{user:7}:order")).containsExactly("{user:7}:order",
				"redis-lock-owner:tagged:{user:7}:order");
	}

	@Test
	void whenKeyHasOnlyAnOpeningBraceThenItIsLocked() {
		assertThat(new GetSetKeys("").of("a{b")).containsExactly("a{b", "redis-lock-owner:{a{b}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a}b", "{}", "{}{a}", "}{", "a{}b" })
	void whenNoNameCouldShareTheSlotThenKeyIsRefused(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> new GetSetKeys("").of(key))
			.withMessageContaining("remove the '}'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis-lock-owner:{order:42}", "redis-lock-owner:tagged:{a}", "redis-lock-owner:" })
	void whenKeyCouldBeACompanionThenItIsRefused(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> new GetSetKeys("").of(key))
			.withMessageContaining("key-prefix");
	}

	@Test
	void whenKeyIsEmptyThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new GetSetKeys("").of(""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "app:", "{app}:", "a{", "redis-lock-" })
	void whateverTheKeyThenSlotIsSharedAndCompanionIsNobodyElses(String prefix) {
		GetSetKeys keys = new GetSetKeys(prefix);
		Map<String, String> owners = new HashMap<>();
		visit(keys, "", 5, owners);
		assertThat(owners).hasSizeGreaterThan(1000);
		assertThat(owners.keySet()).allMatch((companion) -> companion.startsWith(GetSetKeys.COMPANION));
		assertThat(owners.values()).noneMatch((lock) -> lock.startsWith(GetSetKeys.COMPANION));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u00e9{\u00e8}", "\ud83d\udd12{", "line\nbreak", "nul\0", "a b", "{\n}" })
	void whenKeyIsExoticThenSlotIsShared(String key) {
		assertSameSlot(new GetSetKeys("").of(key));
	}

	private void visit(GetSetKeys keys, String key, int more, Map<String, String> owners) {
		List<String> redisKeys;
		try {
			redisKeys = keys.of(key);
		}
		catch (IllegalArgumentException ex) {
			redisKeys = List.of();
		}
		if (!redisKeys.isEmpty()) {
			assertSameSlot(redisKeys);
			assertThat(owners.put(redisKeys.get(1), redisKeys.get(0))).isNull();
		}
		if (more > 0) {
			for (String atom : ATOMS) {
				visit(keys, key + atom, more - 1, owners);
			}
		}
	}

	private static void assertSameSlot(List<String> redisKeys) {
		String lock = redisKeys.get(0);
		String companion = redisKeys.get(1);
		assertThat(SlotHash.getSlot(companion)).isEqualTo(SlotHash.getSlot(lock));
		assertThat(JedisClusterCRC16.getSlot(companion)).isEqualTo(JedisClusterCRC16.getSlot(lock));
	}

}
