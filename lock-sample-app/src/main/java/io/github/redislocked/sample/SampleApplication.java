/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import io.github.redislocked.sample.demo.DemoApplication;
import io.github.redislocked.sample.live.HolderApplication;
import io.github.redislocked.sample.shop.ShopApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * Opens the shop, with its live page; or, with {@code --demo}, shows four contenders who
 * want the same lock.
 */
public final class SampleApplication {

	private SampleApplication() {
	}

	public static void main(String[] args) {
		SimpleCommandLinePropertySource options = new SimpleCommandLinePropertySource(args);
		if (options.containsProperty("demo")) {
			runToItsEnd(DemoApplication.class, args);
		}
		if (options.containsProperty(HolderApplication.OPTION)) {
			runToItsEnd(HolderApplication.class, args);
		}
		SpringApplication.run(ShopApplication.class, args);
	}

	private static void runToItsEnd(Class<?> application, String[] args) {
		System.exit(SpringApplication
			.exit(new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(args)));
	}

}
