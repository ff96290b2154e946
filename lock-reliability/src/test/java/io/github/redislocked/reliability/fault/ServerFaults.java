/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.reliability.history.Check;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/**
 * What goes wrong with a server.
 */
public final class ServerFaults {

	/** A connection is opened again, a waiter asks again. */
	private static final Duration RECONNECTED = Duration.ofMillis(1500);

	private static final Duration AT_ONCE = Duration.ofMillis(200);

	private static final List<String> RIGHTS = List.of("publish", "pexpire", "evalsha", "eval", "time", "hset", "set",
			"del", "zadd", "zrange", "subscribe", "pubsub");

	private ServerFaults() {
	}

	/**
	 * Lists the faults.
	 * @param redis the server
	 * @param persistence what it keeps
	 * @return the faults
	 */
	public static List<Fault> all(FaultyRedis redis, Persistence persistence) {
		return List.of(restart(redis, persistence), freeze(redis), flushScripts(redis), removeRight(redis),
				killSubscriptions(redis));
	}

	/**
	 * F1: the server is killed, and started again on what it has kept.
	 * @param redis the server
	 * @param persistence what it keeps
	 * @return the fault
	 */
	public static Fault restart(FaultyRedis redis, Persistence persistence) {
		boolean forgets = persistence == Persistence.NONE;
		Fault restart = Fault.of("F1 killed and restarted, " + persistence.words(), RECONNECTED, true, (site) -> {
			redis.awaitFile();
			redis.kill();
			// Holders that do not know yet are of interest if nothing was kept.
			site.pause(site.random().nextInt(forgets ? 100 : 600));
			redis.restart();
		});
		return forgets ? restart.excluding(Check.EXCLUSION, Check.COUNTER, Check.LINEARIZABLE) : restart;
	}

	/**
	 * F2: the server stands still.
	 * @param redis the server
	 * @return the fault
	 */
	public static Fault freeze(FaultyRedis redis) {
		return Fault.of("F2 frozen", RECONNECTED, true, (site) -> {
			redis.freeze();
			// Seldom for long.
			site.pause(200 + site.random().nextInt((site.random().nextInt(8) == 0) ? 4_800 : 1_000));
			redis.thaw();
		});
	}

	// F6: the script cache is flushed over and over.
	private static Fault flushScripts(FaultyRedis redis) {
		return Fault.of("F6 scripts flushed every 20 ms", AT_ONCE, false, (site) -> {
			try (Jedis admin = redis.admin()) {
				for (int i = 0; i < 50; i++) {
					admin.scriptFlush();
					site.pause(20);
				}
			}
		});
	}

	// F10: the clients lose a right.
	private static Fault removeRight(FaultyRedis redis) {
		return Fault.of("F10 a right removed", RECONNECTED, true, (site) -> {
			String right = RIGHTS.get(site.random().nextInt(RIGHTS.size()));
			try (Jedis admin = redis.admin()) {
				admin.aclSetUser("default", "-" + right);
				site.pause(300 + site.random().nextInt(700));
				admin.aclSetUser("default", "+@all");
			}
		});
	}

	// F13: all subscriptions are killed, a few times.
	private static Fault killSubscriptions(FaultyRedis redis) {
		return Fault.of("F13 subscriptions killed", AT_ONCE, false, (site) -> {
			try (Jedis admin = redis.admin()) {
				for (int i = 0; i < 2; i++) {
					admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
					site.pause(500);
				}
			}
		});
	}

}
