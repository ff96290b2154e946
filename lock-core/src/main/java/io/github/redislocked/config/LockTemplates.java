/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.InstantSource;

import io.github.redislocked.LockTemplate;
import io.github.redislocked.engine.LockAudience;
import io.github.redislocked.engine.LockEngine;
import io.github.redislocked.engine.LockEngineSettings;
import io.github.redislocked.engine.UnlockedTemplate;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.redis.GetSetLockStore;
import io.github.redislocked.store.redis.QueueLockStore;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Makes a template as the settings have it.
 */
final class LockTemplates {

	private LockTemplates() {
	}

	static LockTemplate create(RedisLockSettings settings, ObjectProvider<RedisConnectionFactory> connectionFactories,
			LockAudience audience) {
		if (!settings.enabled()) {
			return new UnlockedTemplate(InstantSource.system());
		}
		RedisConnectionFactory connectionFactory = theOne(connectionFactories);
		return new RestartableLocks(() -> engine(settings, connectionFactory, audience));
	}

	private static LockEngine engine(RedisLockSettings settings, RedisConnectionFactory connectionFactory,
			LockAudience audience) {
		String instanceId = (settings.instanceId() != null) ? settings.instanceId() : InstanceLabel.ofThisProcess();
		return new LockEngine(
				store(settings, connectionFactory), new LockEngineSettings(instanceId, settings.expire(),
						settings.timeout(), settings.maxHold(), settings.shutdownGrace(), settings.localHandover()),
				audience);
	}

	private static LockStore store(RedisLockSettings settings, RedisConnectionFactory connectionFactory) {
		return switch (settings.algorithm()) {
			case QUEUE -> new QueueLockStore(connectionFactory, settings.keyPrefix(), settings.fenceRetention(),
					settings.replicasWait());
			case GETSET -> new GetSetLockStore(connectionFactory, settings.keyPrefix(), settings.fenceRetention(),
					settings.replicasWait());
		};
	}

	static RedisConnectionFactory theOne(ObjectProvider<RedisConnectionFactory> connectionFactories) {
		try {
			return connectionFactories.getObject();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new LockSetupException("Locks need one Redis, but there are several RedisConnectionFactory beans: "
					+ ex.getBeanNamesFound(), "Mark the one that holds the locks @Primary.", ex);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new LockSetupException("Locks need a Redis, but there is no RedisConnectionFactory bean",
					"Declare one, or set redis-lock.enabled to false to run without locks.", ex);
		}
	}

}
