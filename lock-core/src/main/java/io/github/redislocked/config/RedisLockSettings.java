/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.regex.Pattern;

import io.github.redislocked.engine.LocalHandover;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Settings of the lock. An application with Spring Boot sets {@code redis-lock.*}
 * instead; one without it declares a bean of this type where a default does not fit.
 *
 * @param enabled whether methods are locked at all; {@code true} by default
 * @param algorithm protocol spoken to Redis; {@link LockAlgorithm#QUEUE} by default
 * @param keyPrefix beginning of every Redis key and channel; {@code redis-lock:} by
 * default
 * @param expire lease time where none is given; 30 s by default
 * @param timeout wait budget where none is given; 3 s by default
 * @param maxHold how long a lease may be renewed; 1 h by default
 * @param instanceId label of this process, at most 100 characters of printable ASCII
 * without spaces; {@code null}, the default, means {@code host:pid}
 * @param order order of the advisor; outside of transactions by default
 * @param fenceRetention how long a key's last fencing token is kept after use; 10 min by
 * default
 * @param shutdownGrace how long closing the context waits for held leases; 10 s by
 * default
 * @param localHandover how far a lock may pass from caller to caller of one process
 * before Redis is asked; 16 times and for 10 ms by default
 * @param startupCheck what becomes of it if Redis turns out unfit for locks when the
 * application starts; {@link StartupCheck#WARN} by default
 * @param replicasWait how many replicas must have a lock before anybody enters; 0, the
 * default, costs nothing
 * @since 0.1.0
 */
public record RedisLockSettings(boolean enabled, LockAlgorithm algorithm, String keyPrefix, Duration expire,
		Duration timeout, Duration maxHold, @Nullable String instanceId, int order, Duration fenceRetention,
		Duration shutdownGrace, LocalHandover localHandover, StartupCheck startupCheck, int replicasWait) {

	/**
	 * The default order of the advisor: outside of transactions, whose advisor has the
	 * lowest precedence.
	 */
	public static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private static final Pattern INSTANCE_ID = Pattern.compile("[!-~]{1,100}");

	private static final Pattern NO_BRACES = Pattern.compile("[^{}]*");

	private static final Duration LONGEST = Duration.ofDays(365);

	private static final int MOST_PASSES = 1000;

	private static final int MOST_REPLICAS = 100;

	/**
	 * Creates the settings.
	 * @throws InvalidLockSettingException if a value cannot be used
	 */
	public RedisLockSettings {
		requireBetween("expire", expire, Duration.ofMillis(1));
		requireBetween("timeout", timeout, Duration.ZERO);
		requireBetween("max-hold", maxHold, Duration.ofMillis(1));
		requireBetween("fence-retention", fenceRetention, Duration.ofSeconds(10));
		requireBetween("shutdown-grace", shutdownGrace, Duration.ZERO);
		requireBetween("local-handover.max-duration", localHandover.maxDuration(), Duration.ZERO);
		if (localHandover.maxPasses() < 0 || localHandover.maxPasses() > MOST_PASSES) {
			throw new InvalidLockSettingException("local-handover.max-passes",
					Integer.toString(localHandover.maxPasses()), "must be between 0 and " + MOST_PASSES);
		}
		if (replicasWait < 0 || replicasWait > MOST_REPLICAS) {
			throw new InvalidLockSettingException("replicas.wait", Integer.toString(replicasWait),
					"must be the number of replicas that have to confirm a lock, between 0 and " + MOST_REPLICAS
							+ "; more than the primary has would let nobody in");
		}
		if (instanceId != null && !INSTANCE_ID.matcher(instanceId).matches()) {
			throw new InvalidLockSettingException("instance-id", instanceId,
					"must be 1 to 100 characters of printable ASCII without spaces");
		}
		if (algorithm == LockAlgorithm.QUEUE && !NO_BRACES.matcher(keyPrefix).matches()) {
			throw new InvalidLockSettingException("key-prefix", keyPrefix,
					"must not hold braces, which decide the cluster slot");
		}
	}

	/**
	 * Returns the default settings.
	 * @return the settings
	 */
	public static RedisLockSettings defaults() {
		return new RedisLockSettings(true, LockAlgorithm.QUEUE, "redis-lock:", Duration.ofSeconds(30),
				Duration.ofSeconds(3), Duration.ofHours(1), null, DEFAULT_ORDER, Duration.ofMinutes(10),
				Duration.ofSeconds(10), LocalHandover.DEFAULT, StartupCheck.WARN, 0);
	}

	static void requireBetween(String name, Duration value, Duration shortest) {
		if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
			throw new InvalidLockSettingException(name, inWords(value),
					"must be between " + inWords(shortest) + " and " + inWords(LONGEST));
		}
	}

	static String inWords(Duration duration) {
		return DurationFormatterUtils.print(duration, DurationFormat.Style.COMPOSITE);
	}

}
