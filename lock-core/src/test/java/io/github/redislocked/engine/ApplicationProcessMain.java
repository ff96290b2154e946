/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.config.EnableRedisLocks;
import io.github.redislocked.config.RedisLockSettings;
import io.github.redislocked.testing.Driver;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * A small Spring application, to be ended by a signal: its standard input says what it
 * takes, and what it waits for.
 */
public final class ApplicationProcessMain {

	private ApplicationProcessMain() {
	}

	public static void main(String[] args) throws Exception {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean("redisPort", Integer.class, () -> Integer.valueOf(args[0]));
		context.registerBean("driver", Driver.class, () -> Driver.valueOf(args[1]));
		context.register(App.class);
		context.refresh();
		context.registerShutdownHook();
		LockTemplate locks = context.getBean(LockTemplate.class);
		locks.acquire(LockSpec.of("warm-up:" + args[2])).close();
		say("ready");
		ExecutorService threads = Executors.newCachedThreadPool();
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String[] command = line.split(" ");
			threads.execute(() -> acquire(locks, LockSpec.of(command[1]).timeout(Duration.ofMinutes(1))));
		}
	}

	private static void acquire(LockTemplate locks, LockSpec spec) {
		try {
			locks.acquire(spec).onLost(() -> say("lost"));
			say("acquired");
		}
		catch (LockNotAcquiredException ex) {
			say("refused: " + ex.getMessage());
		}
		catch (InterruptedException ex) {
			say("interrupted");
		}
	}

	private static synchronized void say(String line) {
		System.out.println(line);
		System.out.flush();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class App {

		@Bean
		RedisConnectionFactory redisConnectionFactory(Integer redisPort, Driver driver) {
			return driver.connect(redisPort);
		}

		@Bean
		RedisLockSettings redisLockSettings() {
			RedisLockSettings defaults = RedisLockSettings.defaults();
			return new RedisLockSettings(true, defaults.algorithm(), defaults.keyPrefix(), defaults.expire(),
					defaults.timeout(), defaults.maxHold(), null, defaults.order(), defaults.fenceRetention(),
					Duration.ofSeconds(1), TestEngines.LOCAL_HANDOVER, defaults.startupCheck(),
					defaults.replicasWait());
		}

	}

}
