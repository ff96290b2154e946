/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;

/**
 * Settings of what is told of locks. An application with Spring Boot sets
 * {@code redis-lock.observability.*} instead; one without it declares a bean of this type
 * where a default does not fit.
 *
 * @param longHold after how long a lease that is still renewed is told as a
 * {@link io.github.redislocked.LeaseRenewed}; 5 min by default, zero means never
 * @since 0.1.0
 */
public record ObservabilitySettings(Duration longHold) {

	/**
	 * Creates the settings.
	 * @throws InvalidLockSettingException if a value cannot be used
	 */
	public ObservabilitySettings {
		RedisLockSettings.requireBetween("observability.long-hold", longHold, Duration.ZERO);
	}

	/**
	 * Returns the default settings.
	 * @return the settings
	 */
	public static ObservabilitySettings defaults() {
		return new ObservabilitySettings(Duration.ofMinutes(5));
	}

}
