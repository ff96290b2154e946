/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.benchmarks.candidate.Engines;
import io.github.redislocked.config.EnableRedisLocks;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the lock itself costs a call, without Redis: its engine runs on a store in memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@NullUnmarked
public class InterceptorBenchmark {

	private AnnotationConfigApplicationContext context;

	private LockTemplate locks;

	private Account locked;

	private final Account plain = new Account();

	private long id = 42;

	/**
	 * Starts an application.
	 */
	@Setup
	public void start() {
		this.context = new AnnotationConfigApplicationContext(Application.class);
		this.locks = this.context.getBean(LockTemplate.class);
		this.locked = this.context.getBean(Account.class);
	}

	/**
	 * Ends it.
	 */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * Calls the method without a proxy.
	 * @return its result
	 */
	@Benchmark
	public long direct() {
		return this.plain.withKey(this.id);
	}

	/**
	 * Calls it under a lock by hand.
	 * @return its result
	 * @throws InterruptedException never
	 */
	@Benchmark
	public long template() throws InterruptedException {
		return this.locks.execute(LockSpec.of("account:" + this.id), () -> this.plain.withKey(this.id));
	}

	/**
	 * Calls an annotated method whose key is text.
	 * @return its result
	 */
	@Benchmark
	public long annotatedWithText() {
		return this.locked.withText(this.id);
	}

	/**
	 * Calls an annotated method whose key is an expression.
	 * @return its result
	 */
	@Benchmark
	public long annotatedWithExpression() {
		return this.locked.withKey(this.id);
	}

	/**
	 * The methods that are called.
	 */
	public static class Account {

		/**
		 * A method with an expression as key.
		 * @param id part of the key
		 * @return something
		 */
		@RedisLocked("'account:' + #id")
		public long withKey(long id) {
			return id + 1;
		}

		/**
		 * A method with text as key.
		 * @param id something
		 * @return something else
		 */
		@RedisLocked("account")
		public long withText(long id) {
			return id + 1;
		}

	}

	/**
	 * An application without a Redis.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	public static class Application {

		@Bean
		LockTemplate locks() {
			return Engines.create(new InMemoryLockStore());
		}

		@Bean
		Account account() {
			return new Account();
		}

	}

}
