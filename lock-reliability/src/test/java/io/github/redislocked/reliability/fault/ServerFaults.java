/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.List;
import java.util.Set;

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
	 * F1: the server is killed, and started again on what it has kept.
	 * @param persistence what it keeps
	 * @return the fault
	 */
	public static Fault restart(Persistence persistence) {
		return new Fault() {

			@Override
			public String name() {
				return "F1 killed and restarted, " + persistence.words();
			}

			@Override
			public void strike(Site site) throws Exception {
				site.redis().kill();
				// Holders that do not know yet are of interest if nothing was kept.
				site.pause(site.random().nextInt((persistence == Persistence.NONE) ? 100 : 600));
				site.redis().restart();
			}

			@Override
			public Duration settling() {
				return RECONNECTED;
			}

			@Override
			public Set<Check> excludes() {
				return (persistence == Persistence.NONE) ? Set.of(Check.EXCLUSION, Check.COUNTER) : Set.of();
			}

		};
	}

	/**
	 * F2: the server stands still.
	 * @return the fault
	 */
	public static Fault freeze() {
		return Fault.of("F2 frozen", RECONNECTED, true, (site) -> {
			site.redis().freeze();
			// Seldom for long.
			site.pause(200 + site.random().nextInt((site.random().nextInt(8) == 0) ? 4_800 : 1_000));
			site.redis().thaw();
		});
	}

	/**
	 * F6: the script cache is flushed over and over.
	 * @return the fault
	 */
	public static Fault flushScripts() {
		return Fault.of("F6 scripts flushed every 20 ms", AT_ONCE, false, (site) -> {
			try (Jedis admin = site.redis().admin()) {
				for (int i = 0; i < 50; i++) {
					admin.scriptFlush();
					site.pause(20);
				}
			}
		});
	}

	/**
	 * F10: the clients lose a right.
	 * @return the fault
	 */
	public static Fault removeRight() {
		return Fault.of("F10 a right removed", RECONNECTED, true, (site) -> {
			String right = RIGHTS.get(site.random().nextInt(RIGHTS.size()));
			try (Jedis admin = site.redis().admin()) {
				admin.aclSetUser("default", "-" + right);
				site.pause(300 + site.random().nextInt(700));
				admin.aclSetUser("default", "+@all");
			}
		});
	}

	/**
	 * F13: all subscriptions are killed, a few times.
	 * @return the fault
	 */
	public static Fault killSubscriptions() {
		return Fault.of("F13 subscriptions killed", AT_ONCE, false, (site) -> {
			try (Jedis admin = site.redis().admin()) {
				for (int i = 0; i < 2; i++) {
					admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
					site.pause(500);
				}
			}
		});
	}

}
