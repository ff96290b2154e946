/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.lang.reflect.Proxy;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.redislocked.config.EnableRedisLocks;
import io.github.redislocked.config.RedisLockSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said at start-up about locks and transactions.
 */
class TransactionSetupCheckTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(getClass().getPackageName());

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void close() {
		this.logger.setLevel(null);
		this.logger.detachAppender(this.log);
		this.context.close();
	}

	@Test
	void whenLockIsOutsideThenNothingIsSaid() {
		assertThat(said(99)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 101 })
	void whenLockIsNotOutsideThenWarning(int order) {
		assertThat(said(order)).singleElement()
			.asString()
			.startsWith("[WARN]")
			.contains("redis-lock.order is " + order)
			.contains("@Transactional is 100");
	}

	@Test
	void whenTransactionsAreReactiveThenLimitIsSaid() {
		this.context.registerBean("reactive", ReactiveTransactionManager.class,
				() -> unused(ReactiveTransactionManager.class));
		assertThat(said(99)).singleElement().asString().startsWith("[INFO]").contains("(reactive)");
	}

	@Test
	void whenManagerTakesNoListenersThenLimitIsSaid() {
		this.context.registerBean("simple", PlatformTransactionManager.class,
				() -> unused(PlatformTransactionManager.class));
		assertThat(said(99)).singleElement().asString().startsWith("[INFO]").contains("'simple'");
	}

	private List<String> said(int order) {
		RedisLockSettings defaults = RedisLockSettings.defaults();
		this.context.registerBean(RedisLockSettings.class,
				() -> new RedisLockSettings(false, defaults.algorithm(), defaults.keyPrefix(), defaults.expire(),
						defaults.timeout(), defaults.maxHold(), null, order, defaults.fenceRetention(),
						defaults.shutdownGrace(), defaults.localHandover(), defaults.startupCheck(),
						defaults.replicasWait()));
		this.context.register(App.class);
		this.context.refresh();
		return this.log.list.stream().map(ILoggingEvent::toString).toList();
	}

	private static <T> T unused(Class<T> type) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> null));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	@EnableTransactionManagement(order = 100)
	static class App {

	}

}
