/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.redis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedRedisConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withUserConfiguration(EmbeddedRedisConfiguration.class)
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(strings = { "spring.data.redis.host=example.org", "spring.data.redis.port=6390",
			"spring.data.redis.url=redis://example.org:6390",
			"spring.data.redis.sentinel.master=main spring.data.redis.sentinel.nodes[0]=example.org:26379",
			"spring.data.redis.cluster.nodes=example.org:7000,example.org:7001" })
	void whenRedisIsGivenThenNoneIsStarted(String settings) {
		this.contexts.withPropertyValues(settings.split(" "))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedRedis.class));
	}

	@Test
	void whenOtherSettingsAreGivenThenOneIsStartedAndUsed() {
		this.contexts.withPropertyValues("spring.data.redis.timeout=2s").run((context) -> {
			EmbeddedRedis redis = context.getBean(EmbeddedRedis.class);
			context.getBean(StringRedisTemplate.class).opsForValue().set("key", "value");
			assertThat(context.getBean(StringRedisTemplate.class).opsForValue().get("key")).isEqualTo("value");
			context.close();
			assertThat(redis.isRunning()).isFalse();
		});
	}

}
