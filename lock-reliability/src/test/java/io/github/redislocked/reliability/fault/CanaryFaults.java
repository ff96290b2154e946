/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;

import io.github.redislocked.testing.TcpProxy;
import redis.clients.jedis.Jedis;

/**
 * Faults that are aimed at one planted bug each.
 */
public final class CanaryFaults {

	private CanaryFaults() {
	}

	/**
	 * Nothing goes wrong.
	 * @return the fault
	 */
	public static Fault none() {
		return Fault.of("none", Duration.ZERO, false, (site) -> site.pause(1_000));
	}

	/**
	 * The replies to some commands of each process are lost, and the driver repeats them.
	 * @return the fault
	 */
	public static Fault loseReplies() {
		return Fault.of("replies lost", Duration.ofMillis(300), true, (site) -> {
			for (int i = 0; i < 60; i++) {
				// Each has time to connect again, which the driver delays more and more.
				site.network(i % site.networks().size()).fate(TcpProxy.Fate.LOSE_THEN_FIN);
				site.pause(60);
			}
			site.networks().forEach((network) -> network.fate(TcpProxy.Fate.PASS));
		});
	}

	/**
	 * The counters of two locks are evicted.
	 * @return the fault
	 */
	public static Fault evictCounters() {
		return Fault.of("counters evicted", Duration.ofMillis(300), true, (site) -> {
			try (Jedis admin = site.servers().connect().get(0)) {
				String[] counters = { "redis-lock:{k0}:counter", "redis-lock:{k1}:counter" };
				for (String counter : counters) {
					while (!admin.exists(counter)) {
						site.pause(1);
					}
				}
				long used = Long.parseLong(admin.info("memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
				admin.configSet("maxmemory-policy", "allkeys-random");
				admin.configSet("maxmemory", Long.toString(used + 1_000_000));
				String value = "x".repeat(50_000);
				long before = System.nanoTime();
				// Until each has been evicted; the locks are used meanwhile.
				while (System.nanoTime() - before < 1_500_000_000L) {
					admin.set("filler:" + System.nanoTime(), value);
				}
				admin.configSet("maxmemory", "0");
				admin.eval("for i, k in ipairs(redis.call('KEYS', 'filler:*')) do redis.call('DEL', k) end");
			}
		});
	}

}
