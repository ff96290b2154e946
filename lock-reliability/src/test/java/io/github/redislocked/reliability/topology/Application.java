/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.LockTemplate;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedEvents;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * An application with locks, which knows its Redis by Spring Boot's properties alone.
 */
final class Application implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	/**
	 * Starts an application.
	 * @param driver the driver
	 * @param properties its properties
	 */
	Application(Driver driver, List<String> properties) {
		List<String> arguments = new ArrayList<>(properties);
		arguments.add("spring.data.redis.client-type=" + driver.name().toLowerCase());
		arguments.add("spring.main.banner-mode=off");
		arguments.add("spring.main.register-shutdown-hook=false");
		arguments.add("logging.level.root=warn");
		arguments.add("redis-lock.shutdown-grace=100ms");
		this.context = new SpringApplicationBuilder(Configuration.class).web(WebApplicationType.NONE)
			.run(arguments.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

	LockTemplate locks() {
		return this.context.getBean(LockTemplate.class);
	}

	LockInspector inspector() {
		return this.context.getBean(LockInspector.class);
	}

	Shelf shelf() {
		return this.context.getBean(Shelf.class);
	}

	RecordedEvents events() {
		return this.context.getBean(RecordedEvents.class);
	}

	RedisConnectionFactory connections() {
		return this.context.getBean(RedisConnectionFactory.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Shelf.class, RecordedEvents.class })
	static class Configuration {

	}

}
