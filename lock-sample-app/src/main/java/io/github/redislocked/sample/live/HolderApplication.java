/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.io.IOException;
import java.time.Duration;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * The process that a show freezes or kills: it buys once, and takes its time.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import(LiveShopConfiguration.class)
public class HolderApplication {

	/**
	 * The command line option that starts it. For the live page's own use.
	 */
	public static final String OPTION = "live-holder";

	// Longer than it takes to freeze it, and shorter than the lease.
	private static final Duration PAYMENT = Duration.ofSeconds(2);

	@Bean
	CommandLineRunner purchase(Feed feed, Customers customers, Instance instance, Environment environment) {
		return (args) -> {
			Thread watch = new Thread(HolderApplication::endWithParent, "parent");
			watch.setDaemon(true);
			watch.start();
			Show show = new Show(environment.getRequiredProperty("holder.show"),
					environment.getRequiredProperty("holder.kind", ShowKind.class), true);
			customers.visit(new Caller(feed, show, instance.name(), "holder", "holder"), PAYMENT);
		};
	}

	// Who started it keeps its standard input open, and writes nothing.
	private static void endWithParent() {
		try {
			if (System.in.read() == -1) {
				Runtime.getRuntime().halt(1);
			}
		}
		catch (IOException ex) {
			Runtime.getRuntime().halt(1);
		}
	}

}
