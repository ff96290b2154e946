/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.redis;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Starts a real Redis where no setting says which one to use. The connection factory
 * depends on it through the connection details, so it starts before and stops after it.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedRedisConfiguration.NoRedisGiven.class)
public class EmbeddedRedisConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedRedisConfiguration.class);

	@Bean
	EmbeddedRedis embeddedRedis() throws IOException {
		EmbeddedRedis redis = EmbeddedRedis.start();
		logger.info("Started an embedded Redis on port {}, which stops with this application: "
				+ "no spring.data.redis.host or .url is set", redis.port());
		return redis;
	}

	@Bean
	DataRedisConnectionDetails embeddedRedisConnectionDetails(EmbeddedRedis redis) {
		return new DataRedisConnectionDetails() {

			@Override
			public Standalone getStandalone() {
				return Standalone.of(EmbeddedRedis.HOST, redis.port());
			}

		};
	}

	/**
	 * Matches unless a setting names a server, in any of the forms that Spring Boot
	 * knows.
	 */
	static class NoRedisGiven implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Binder settings = Binder.get(context.getEnvironment());
			return Stream.of("host", "port", "url", "sentinel.nodes", "cluster.nodes", "masterreplica.nodes")
				.map((name) -> settings.bind("spring.data.redis." + name, Bindable.listOf(String.class)))
				.allMatch((setting) -> setting.orElse(List.of()).isEmpty());
		}

	}

}
