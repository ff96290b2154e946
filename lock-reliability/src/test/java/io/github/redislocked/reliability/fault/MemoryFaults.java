/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.github.redislocked.reliability.history.Check;
import io.github.redislocked.reliability.server.FillableRedis;
import redis.clients.jedis.Jedis;

/**
 * What goes wrong with a server whose memory is full.
 */
public final class MemoryFaults {

	private static final Duration ASKED_AGAIN = Duration.ofMillis(1_200);

	private static final long FILLING = 1_000_000_000L;

	private MemoryFaults() {
	}

	/**
	 * Lists the faults.
	 * @param redis the server
	 * @return the faults
	 */
	public static List<Fault> all(FillableRedis redis) {
		return List.of(refuse(redis), evict(redis, "allkeys-lru"), evict(redis, "volatile-lru"));
	}

	private static Fault refuse(FillableRedis redis) {
		return Fault.of("F9 memory full, noeviction", ASKED_AGAIN, true, (site) -> {
			redis.fill("noeviction", (server) -> false);
			site.pause(500 + site.random().nextInt(1_000));
			redis.relieve();
		});
	}

	private static Fault evict(FillableRedis redis, String policy) {
		return Fault.of("F9 memory full, " + policy, ASKED_AGAIN, true, (site) -> {
			long end = System.nanoTime() + FILLING;
			Predicate<Jedis> enough = (server) -> System.nanoTime() - end > 0;
			redis.fill(policy, enough);
			redis.relieve();
		}).excluding(Check.EXCLUSION, Check.COUNTER, Check.LINEARIZABLE);
	}

}
