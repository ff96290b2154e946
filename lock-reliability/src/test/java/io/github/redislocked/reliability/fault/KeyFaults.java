/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.engine.LocalHandover;
import io.github.redislocked.engine.LockEngine;
import io.github.redislocked.engine.LockEngineSettings;
import io.github.redislocked.store.redis.QueueLockStore;
import io.github.redislocked.testing.Driver;
import redis.clients.jedis.Jedis;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What somebody else may have put at a lock's Redis keys.
 */
public final class KeyFaults {

	private static final String KEY = "foreign-";

	private static final List<BiConsumer<Jedis, String>> VALUES = List.of((redis, name) -> redis.lpush(name, "a"),
			(redis, name) -> redis.sadd(name, "a"), (redis, name) -> redis.hset(name, "a", "b"),
			(redis, name) -> redis.zadd(name, 1, "a"), (redis, name) -> redis.set(name, "a"));

	private static final List<String> TYPES = List.of("list", "set", "hash", "zset", "string");

	private static final List<String> PARTS = List.of("", ":queue", ":fence");

	/** Types by Redis key that are those of the lock itself. */
	private static final List<String> OWN = List.of("", "zset", "hash");

	private KeyFaults() {
	}

	/**
	 * F11: a value of another type at each of a lock's keys. The caller is told which
	 * lock it is, and the value stays as it is.
	 * @param redis the server
	 * @return the fault
	 */
	public static Fault wrongTypes(FaultyRedis redis) {
		return Fault.of("F11 wrong types", Duration.ZERO, false, (site) -> {
			LettuceConnectionFactory connections = (LettuceConnectionFactory) Driver.LETTUCE.connect(redis.port());
			try (Jedis admin = redis.admin();
					LockEngine engine = new LockEngine(
							new QueueLockStore(connections, "redis-lock:", Duration.ofMinutes(10)),
							new LockEngineSettings("foreign", Duration.ofSeconds(2), Duration.ZERO, Duration.ofHours(1),
									Duration.ZERO, LocalHandover.NONE))) {
				for (int part = 0; part < PARTS.size(); part++) {
					for (int type = 0; type < TYPES.size(); type++) {
						if (!OWN.get(part).equals(TYPES.get(type))) {
							// A key of its own: what failed before is still being taken
							// back in the background.
							String key = KEY + part + TYPES.get(type);
							String name = "redis-lock:{" + key + "}" + PARTS.get(part);
							VALUES.get(type).accept(admin, name);
							ask(site, engine, admin, key, name);
							admin.del(name);
						}
					}
				}
			}
			finally {
				connections.destroy();
			}
		});
	}

	private static void ask(Site site, LockEngine engine, Jedis admin, String key, String name)
			throws InterruptedException {
		byte[] before = admin.dump(name);
		try (Lease lease = engine.acquire(LockSpec.of(key))) {
			site.complain("a lock was granted although " + name + " is foreign: " + lease);
		}
		catch (LockStoreException ex) {
			if (!key.equals(ex.key())) {
				site.complain("an error about " + name + " does not name the lock: " + ex);
			}
		}
		catch (RuntimeException ex) {
			site.complain("an unexpected error about " + name + ": " + ex);
		}
		if (!Arrays.equals(before, admin.dump(name))) {
			site.complain("the foreign value of " + name + " was changed");
		}
	}

}
