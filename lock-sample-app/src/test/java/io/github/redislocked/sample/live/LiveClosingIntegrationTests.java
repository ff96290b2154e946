/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.redislocked.sample.live.Happening.Kind;
import io.github.redislocked.sample.shop.ShopApplication;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an instance leaves behind that closes during a show.
 */
class LiveClosingIntegrationTests {

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenItClosesWhileItsHolderIsFrozenThenNothingOfThatIsLeft() throws Exception {
		try (TestRedis redis = TestRedis.start()) {
			List<ProcessHandle> holders;
			try (ConfigurableApplicationContext application = new SpringApplicationBuilder(ShopApplication.class)
				.run("--server.port=0", "--spring.data.redis.port=" + redis.port())) {
				Set<ProcessHandle> others = ProcessHandle.current().children().collect(Collectors.toSet());
				assertThat(application.getBean(Stage.class).begin(ShowKind.FREEZE, true)).isPresent();
				await().atMost(Duration.ofMinutes(2))
					.until(() -> application.getBean(Feed.class)
						.after(Feed.START)
						.stream()
						.anyMatch((entry) -> entry.happening().kind() == Kind.FROZEN));
				holders = ProcessHandle.current()
					.children()
					.filter((child) -> !others.contains(child) && isJava(child))
					.toList();
				assertThat(holders).hasSize(1);
			}
			assertThat(holders).noneMatch(ProcessHandle::isAlive);
		}
	}

	private static boolean isJava(ProcessHandle process) {
		return process.info().command().orElse("").endsWith("java");
	}

}
