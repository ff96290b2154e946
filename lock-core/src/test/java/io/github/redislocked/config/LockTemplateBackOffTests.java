/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.InstantSource;

import io.github.redislocked.LockTemplate;
import io.github.redislocked.engine.UnlockedTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class LockTemplateBackOffTests {

	@Test
	void whenApplicationHasTemplateThenOursBacksOff() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(OwnTemplate.class)) {
			assertThat(context.getBeanProvider(LockTemplate.class).stream()).singleElement()
				.isSameAs(context.getBean("ownTemplate"));
		}
	}

	@Test
	void whenThereIsNoRedisThenStartFails() {
		assertThatException().isThrownBy(() -> new AnnotationConfigApplicationContext(NoTemplate.class).close())
			.withStackTraceContaining(LockSetupException.class.getName())
			.withStackTraceContaining("Declare one, or set redis-lock.enabled to false to run without locks.");
	}

	@EnableRedisLocks
	@Configuration(proxyBeanMethods = false)
	static class NoTemplate {

	}

	@EnableRedisLocks
	@Configuration(proxyBeanMethods = false)
	static class OwnTemplate {

		@Bean
		LockTemplate ownTemplate() {
			return new UnlockedTemplate(InstantSource.system());
		}

	}

}
