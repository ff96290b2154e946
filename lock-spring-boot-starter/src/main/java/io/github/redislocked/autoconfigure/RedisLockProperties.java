/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.redislocked.config.LockAlgorithm;
import io.github.redislocked.config.ObservabilitySettings;
import io.github.redislocked.config.RedisLockSettings;
import io.github.redislocked.config.StartupCheck;
import io.github.redislocked.engine.LocalHandover;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.StringUtils;

/**
 * What {@code redis-lock.*} says. Durations are written as in the annotation:
 * {@code 10s}, {@code 500ms}, {@code 1m30s}, {@code PT10S}, or a bare number of seconds.
 *
 * @param enabled whether methods are locked at all
 * @param algorithm protocol spoken to Redis
 * @param keyPrefix beginning of every Redis key and channel
 * @param expire lease time where none is given
 * @param timeout wait budget where none is given
 * @param maxHold how long a lease may be renewed
 * @param instanceId label of this process, {@code host:pid} where there is none
 * @param order order of the advisor
 * @param fenceRetention how long a key's last fencing token is kept after use
 * @param shutdownGrace how long closing the context waits for held leases
 * @param localHandover how far a lock may pass from caller to caller of one process
 * @param startupCheck what is done if Redis turns out unfit for locks at start-up
 * @param replicas what replicas of Redis must know of a lock
 * @param observability what is told of locks, and to whom
 * @param actuator what operators may do
 * @since 0.1.0
 * @see RedisLockSettings
 */
// The unit is only for an application with a conversion service of its own, which
// @LockDuration does not reach: there, too, a bare number must not mean milliseconds.
@ConfigurationProperties("redis-lock")
public record RedisLockProperties(@DefaultValue("true") boolean enabled, @DefaultValue("queue") LockAlgorithm algorithm,
		@DefaultValue("redis-lock:") String keyPrefix,
		@LockDuration @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30s") Duration expire,
		@LockDuration @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("3s") Duration timeout,
		@LockDuration @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("1h") Duration maxHold,
		@Nullable String instanceId, @DefaultValue("2147483547") int order,
		@LockDuration @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10m") Duration fenceRetention,
		@LockDuration @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10s") Duration shutdownGrace,
		@DefaultValue LocalHandoverProperties localHandover, @DefaultValue("warn") StartupCheck startupCheck,
		@DefaultValue ReplicasProperties replicas, @DefaultValue ObservabilityProperties observability,
		@DefaultValue ActuatorProperties actuator) {

	/**
	 * Turns the properties into what the lock itself understands.
	 * @return the settings
	 * @throws io.github.redislocked.config.InvalidLockSettingException if a value cannot
	 * be used
	 */
	RedisLockSettings toSettings() {
		return new RedisLockSettings(this.enabled, this.algorithm, this.keyPrefix, this.expire, this.timeout,
				this.maxHold, StringUtils.hasText(this.instanceId) ? this.instanceId : null, this.order,
				this.fenceRetention, this.shutdownGrace, this.localHandover.toSettings(), this.startupCheck,
				this.replicas.number());
	}

	/**
	 * How far a lock may pass from caller to caller of one process before Redis is asked.
	 *
	 * @param maxPasses how often at most
	 * @param maxDuration for how long at most
	 */
	record LocalHandoverProperties(@DefaultValue("16") int maxPasses,
			@LockDuration @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10ms") Duration maxDuration) {

		private LocalHandover toSettings() {
			return new LocalHandover(this.maxPasses, this.maxDuration);
		}

	}

	/**
	 * What replicas of Redis must know of a lock before anybody enters.
	 *
	 * @param number how many of them must have it; a component cannot be called wait
	 */
	record ReplicasProperties(@Name("wait") @DefaultValue("0") int number) {

	}

	/**
	 * What is told of locks, and to whom.
	 *
	 * @param enabled whether there are metrics and traces, where the application has
	 * registries for them
	 * @param keys whether the keys of locks are in traces
	 * @param longHold after how long a lease that is still renewed is told as an event
	 */
	record ObservabilityProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean keys,
			@LockDuration @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("5m") Duration longHold) {

		ObservabilitySettings toSettings() {
			return new ObservabilitySettings(this.longHold);
		}

	}

	/**
	 * What operators may do through Spring Boot Actuator.
	 *
	 * @param forceRelease whether they may take a lock away from its holder
	 */
	record ActuatorProperties(@DefaultValue("false") boolean forceRelease) {

	}

}
