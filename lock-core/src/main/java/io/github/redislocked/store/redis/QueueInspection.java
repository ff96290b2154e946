/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.QueuedSnapshot;
import io.github.redislocked.store.LockInspection;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * What operators ask of locks of the protocol {@code queue}.
 *
 * @param scripts runs scripts by the calling thread
 * @param site where the locks are
 */
record QueueInspection(Scripts scripts, QueueSite site) implements LockInspection {

	static final RedisScript<String> INSPECT = Scripts.load("", List.of("inspect-common.lua", "queue-inspect.lua"));

	static final RedisScript<String> FORCE_RELEASE = Scripts.load("return force_release()",
			List.of("queue-head.lua", "queue-common.lua", "queue-force-release.lua"));

	private static final String MOST_WAITERS = "100";

	private static final String FIRST_WAITER = "1";

	@Override
	public LockSnapshot inspect(String key) {
		return inspect(key, MOST_WAITERS);
	}

	@Override
	public LockPage list(@Nullable String cursor, int limit) {
		return new LockListing(this.scripts, this.site.names(), LockRights.QUEUE, (key) -> inspect(key, FIRST_WAITER))
			.page(cursor, limit);
	}

	private LockSnapshot inspect(String key, String mostWaiters) {
		String answer = this.scripts.await(INSPECT, new ScriptCall(key, this.site.redisKeys(key), mostWaiters));
		List<String> lines = answer.lines().toList();
		String[] lock = lines.get(0).split(" ");
		long now = Long.parseLong(lock[0]);
		long remaining = Long.parseLong(lock[1]);
		long last = Long.parseLong(lock[2]);
		boolean held = !lock[4].equals("-");
		OwnerToken owner = held ? parsed(lock[4]) : null;
		return new LockSnapshot(key, held, (owner != null) ? owner.toString() : null,
				(owner != null) ? owner.label() : null, (remaining >= 0) ? Duration.ofMillis(remaining) : null,
				(last > 0) ? last : null, null, Long.parseLong(lock[3]), queue(lines.stream().skip(1), now));
	}

	@Override
	public ReleaseAnswer forceRelease(String key, OwnerToken token) {
		return ReleaseAnswer.valueOf(this.scripts.await(FORCE_RELEASE, this.site.call(key, token)));
	}

	private static List<QueuedSnapshot> queue(Stream<String> lines, long now) {
		return lines.map((line) -> {
			String[] waiter = line.split(" ");
			OwnerToken token = parsed(waiter[0]);
			long arrived = Long.parseLong(waiter[1]);
			return new QueuedSnapshot((token != null) ? token.toString() : null, (token != null) ? token.label() : null,
					Instant.EPOCH.plus(arrived, ChronoUnit.MICROS),
					Duration.of(Math.max(0, now - arrived), ChronoUnit.MICROS), Long.parseLong(waiter[2]) >= now);
		}).toList();
	}

	static @Nullable OwnerToken parsed(String text) {
		try {
			return OwnerToken.parse(text);
		}
		catch (IllegalArgumentException ex) {
			// Not of this library.
			return null;
		}
	}

}
