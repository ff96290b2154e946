/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.demo;

import java.time.Duration;

import io.github.redislocked.LockTemplate;
import io.github.redislocked.sample.redis.EmbeddedRedisConfiguration;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Runs the contest: with a Redis, but without the shop's database.
 */
@SpringBootApplication(proxyBeanMethods = false, exclude = DataSourceAutoConfiguration.class)
@Import(EmbeddedRedisConfiguration.class)
public class DemoApplication {

	@Bean
	CommandLineRunner contest(LockTemplate locks) {
		return (args) -> {
			PrintedContest printed = new PrintedContest(System.out);
			new Contest(locks, printed, Duration.ofSeconds(12)).run();
			printed.printScores();
		};
	}

}
