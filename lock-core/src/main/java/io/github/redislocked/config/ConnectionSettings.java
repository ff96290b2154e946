/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.Optional;

import io.github.redislocked.store.redis.RedisFinding;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeansException;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * What a connection factory says about itself. The factories of both drivers have the
 * same properties, and nothing but their names in common.
 */
final class ConnectionSettings {

	private final BeanWrapper factory;

	ConnectionSettings(RedisConnectionFactory factory) {
		this.factory = PropertyAccessorFactory.forBeanPropertyAccess(factory);
	}

	/**
	 * Returns which Redis it connects to.
	 * @return the subject of a sentence
	 */
	String where() {
		if (property("clusterConfiguration") != null) {
			return "The Redis Cluster";
		}
		Object sentinel = property("sentinelConfiguration.master.name");
		if (sentinel != null) {
			return "The Redis that is the primary of '%s'".formatted(sentinel);
		}
		Object host = property("hostName");
		Object port = property("port");
		return (host != null && port != null) ? "Redis at %s:%s".formatted(host, port) : "Redis";
	}

	/**
	 * Compares how long a command may take with how long callers wait for a lock.
	 * @param timeout the wait budget where a caller gives none
	 * @return what to do about it if a command may take longer
	 */
	Optional<RedisFinding> tooPatientFor(Duration timeout) {
		return (property("timeout") instanceof Number millis && millis.longValue() > timeout.toMillis()) ? Optional
			.of(new RedisFinding(
					"A command to Redis may take %s before it fails, longer than redis-lock.timeout, %s: so much later may callers learn that they have no lock"
						.formatted(RedisLockSettings.inWords(Duration.ofMillis(millis.longValue())),
								RedisLockSettings.inWords(timeout)),
					"Set spring.data.redis.timeout to at most as long, such as 2s, or redis-lock.timeout to longer."))
				: Optional.empty();
	}

	private @Nullable Object property(String name) {
		try {
			return this.factory.getPropertyValue(name);
		}
		catch (BeansException ex) {
			return null;
		}
	}

}
