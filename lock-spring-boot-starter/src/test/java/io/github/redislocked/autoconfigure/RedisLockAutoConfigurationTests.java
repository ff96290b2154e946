/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.time.Duration;

import io.github.redislocked.LeaseKeeper;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.config.EnableRedisLocks;
import io.github.redislocked.config.LockSetupException;
import io.github.redislocked.config.RedisLockSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class RedisLockAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = Contexts.withoutRedis();

	@Test
	void whenSpringBootLooksForAutoConfigurationsThenItFindsThis() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(RedisLockAutoConfiguration.class.getName());
	}

	@Test
	void whenThereIsNoRedisThenStartFails() {
		this.contextRunner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("RedisConnectionFactory"));
		this.contextRunner.run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining(LockSetupException.class.getName()));
	}

	@Test
	void whenThereIsNoRedisAndBeansAreLazyThenStartFails() {
		this.contextRunner.withInitializer(Contexts::lazy)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(LockSetupException.class.getName()));
	}

	@Test
	void whenThereAreTransactionsThenLocksGoTogetherWithThem() {
		this.contextRunner.withPropertyValues("redis-lock.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(LeaseKeeper.class).hasBean("redisLockCommitGuard"));
	}

	@Test
	void whenThereAreNoTransactionsThenNothingLooksForThem() {
		this.contextRunner.withPropertyValues("redis-lock.enabled=false")
			.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LeaseKeeper.class));
	}

	@Test
	void whenThereAreTwoRedisThenStartFails() {
		this.contextRunner.withBean("east", RedisConnectionFactory.class, () -> mock())
			.withBean("west", RedisConnectionFactory.class, () -> mock())
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(LockSetupException.class.getName())
				.hasStackTraceContaining("east")
				.hasStackTraceContaining("@Primary"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenSwitchedOffThenMethodsRunWithoutRedis(boolean lazy) {
		ApplicationContextRunner runner = lazy ? this.contextRunner.withInitializer(Contexts::lazy)
				: this.contextRunner;
		runner.withBean(Report.class).withPropertyValues("redis-lock.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(RedisConnectionFactory.class);
			assertThat(context.getBean(Report.class).write()).isEqualTo("written");
		});
	}

	@Test
	void whenApplicationHasTemplateThenOursBacksOff() {
		LockTemplate own = mock();
		this.contextRunner.withBean("own", LockTemplate.class, () -> own)
			.run((context) -> assertThat(context).getBean(LockTemplate.class).isSameAs(own));
	}

	@Test
	void whenParentContextHasTemplateThenOursBacksOff() {
		new ApplicationContextRunner().withBean("own", LockTemplate.class, () -> mock())
			.run((parent) -> this.contextRunner.withParent(parent)
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("redisLockTemplate")));
	}

	@Test
	void whenApplicationHasSettingsThenOursBackOff() {
		this.contextRunner.withUserConfiguration(OwnSettings.class)
			.withPropertyValues("redis-lock.timeout=8s", "redis-lock.enabled=true")
			.run((context) -> {
				assertThat(context).hasSingleBean(RedisLockSettings.class);
				assertThat(context.getBean(RedisLockSettings.class).timeout()).isEqualTo(Duration.ofSeconds(7));
			});
	}

	@Test
	void whenApplicationEnablesLocksItselfThenNothingIsThereTwice() {
		this.contextRunner.withUserConfiguration(EnabledByHand.class)
			.withPropertyValues("redis-lock.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(LockTemplate.class));
	}

	static class Report {

		@RedisLocked(key = "report")
		String write() {
			return "written";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSettings {

		@Bean
		RedisLockSettings ownSettings() {
			RedisLockSettings defaults = RedisLockSettings.defaults();
			return new RedisLockSettings(false, defaults.algorithm(), defaults.keyPrefix(), defaults.expire(),
					Duration.ofSeconds(7), defaults.maxHold(), null, defaults.order(), defaults.fenceRetention(),
					defaults.shutdownGrace(), defaults.localHandover(), defaults.startupCheck(),
					defaults.replicasWait());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class EnabledByHand {

	}

}
