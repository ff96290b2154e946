/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.store.LockInspection;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * What operators ask of locks of the protocol {@code getset}. One that a foreign client
 * holds has no owner token.
 *
 * @param scripts runs scripts by the calling thread
 * @param keys names the Redis keys
 * @param fenceRetention how long a key's last fencing token is kept after use
 */
record GetSetInspection(Scripts scripts, GetSetKeys keys, Duration fenceRetention) implements LockInspection {

	static final RedisScript<String> INSPECT = Scripts.load("", List.of("inspect-common.lua", "getset-inspect.lua"));

	static final RedisScript<String> FORCE_RELEASE = Scripts.load("",
			List.of("getset-common.lua", "getset-force-release.lua"));

	@Override
	public LockSnapshot inspect(String key) {
		String[] answer = this.scripts.await(INSPECT, new ScriptCall(key, this.keys.of(key))).split(" ", 5);
		OwnerToken owner = answer[2].equals("-") ? null : QueueInspection.parsed(answer[2]);
		long last = Long.parseLong(answer[3]);
		boolean held = answer[0].equals("HELD");
		long remaining = Long.parseLong(answer[1]);
		return new LockSnapshot(key, held, (owner != null) ? owner.toString() : null,
				(owner != null) ? owner.label() : null, (held && remaining >= 0) ? Duration.ofMillis(remaining) : null,
				(last > 0) ? last : null, (answer.length > 4) ? answer[4] : null, 0, List.of());
	}

	@Override
	public LockPage list(@Nullable String cursor, int limit) {
		return new LockListing(this.scripts, this.keys, LockRights.GETSET, this::inspect).page(cursor, limit);
	}

	@Override
	public ReleaseAnswer forceRelease(String key, OwnerToken token) {
		String answer = this.scripts.await(FORCE_RELEASE, new ScriptCall(key, this.keys.of(key), token.process(),
				Long.toString(token.sequence()), Long.toString(this.fenceRetention.toMillis())));
		if (answer.startsWith("FOREIGN")) {
			throw new LockStoreException(key, "The Redis key beside the lock, of its owner, holds something else",
					false, null);
		}
		return ReleaseAnswer.valueOf(answer);
	}

}
