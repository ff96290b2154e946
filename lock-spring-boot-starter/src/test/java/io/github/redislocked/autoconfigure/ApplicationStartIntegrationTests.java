/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.Map;

import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole application, with everything that Spring Boot configures by itself.
 */
@ExtendWith(OutputCaptureExtension.class)
class ApplicationStartIntegrationTests {

	private static final StringRedisTemplate redis = TestRedis.shared().template();

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenApplicationStartsThenMethodsAreLocked(String driver, CapturedOutput output) {
		String key = "redis-lock:{order:" + driver + "}";
		try (ConfigurableApplicationContext context = start("--spring.data.redis.client-type=" + driver)) {
			OrderDesk orders = context.getBean(OrderDesk.class);
			assertThat(orders.reserve(driver, () -> redis.hasKey(key))).isTrue();
		}
		assertThat(redis.hasKey(key)).isFalse();
		// Nothing of ours was made before the post-processors it needs.
		assertThat(output).doesNotContain("not eligible", "WARN", "ERROR");
	}

	@Test
	void whenBeansAreLazyThenMethodsAreLocked() {
		try (ConfigurableApplicationContext context = start("--spring.main.lazy-initialization=true")) {
			OrderDesk orders = context.getBean(OrderDesk.class);
			assertThat(orders.reserve("lazy", () -> redis.hasKey("redis-lock:{order:lazy}"))).isTrue();
		}
	}

	@Test
	void whenSwitchedOffThenOneWarningSaysSo(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--redis-lock.enabled=false")) {
			OrderDesk orders = context.getBean(OrderDesk.class);
			assertThat(orders.reserve("off", () -> redis.hasKey("redis-lock:{order:off}"))).isFalse();
		}
		assertThat(output).containsOnlyOnce("WARN").containsOnlyOnce("redis-lock.enabled is false");
	}

	private static ConfigurableApplicationContext start(String argument) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("spring.data.redis.host", "127.0.0.1", "spring.data.redis.port",
					TestRedis.shared().port(), "spring.data.redis.timeout", "2s", "logging.level.io.github.redislocked",
					"warn", "logging.level.org.springframework", "warn"))
			.run(argument);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Orders.class)
	static class Application {

	}

}
