/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.store.redis.QueueLockStore;
import io.github.redislocked.testing.Driver;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * One application process in tests: an engine that does what its standard input says, a
 * line for each command, and ends with it.
 */
public final class LockProcessMain {

	private final LockEngine engine;

	private final StringRedisTemplate redis;

	private final Map<String, Lease> leases = new ConcurrentHashMap<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private LockProcessMain(int port, Driver driver, String label) {
		RedisConnectionFactory factory = driver.connect(port);
		this.redis = new StringRedisTemplate(factory);
		this.engine = new LockEngine(new QueueLockStore(factory, "redis-lock:", Duration.ofMinutes(10)),
				new LockEngineSettings(label, Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofHours(1),
						Duration.ofMillis(100), TestEngines.LOCAL_HANDOVER));
	}

	public static void main(String[] args) throws Exception {
		LockProcessMain main = new LockProcessMain(Integer.parseInt(args[0]), Driver.valueOf(args[1]), args[2]);
		// The first command loads classes and connects.
		main.engine.acquire(LockSpec.of("warm-up:" + args[2])).close();
		say("ready");
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String[] command = line.split(" ");
			main.threads.execute(() -> main.obey(command));
		}
		System.exit(0);
	}

	private void obey(String[] command) {
		try {
			switch (command[0]) {
				case "acquire" -> acquire(command[1], Long.parseLong(command[2]), Long.parseLong(command[3]));
				case "renewed" -> renewed(command[1], Long.parseLong(command[2]));
				case "release" -> release(command[1]);
				case "held" -> say("held " + this.leases.get(command[1]).isHeld());
				case "count" -> count(command[1], Integer.parseInt(command[2]), Integer.parseInt(command[3]));
				default -> say("unknown " + command[0]);
			}
		}
		catch (Exception ex) {
			say("failed " + ex);
		}
	}

	private void acquire(String key, long expireMillis, long timeoutMillis) throws InterruptedException {
		LockSpec spec = LockSpec.of(key).timeout(Duration.ofMillis(timeoutMillis));
		Lease lease = this.engine.acquire((expireMillis != 0) ? spec.expire(Duration.ofMillis(expireMillis)) : spec);
		long enteredAt = System.nanoTime();
		this.leases.put(key, lease);
		say("acquired " + lease.fencingToken() + " " + enteredAt);
	}

	private void renewed(String key, long expireMillis) throws InterruptedException {
		Lease lease = this.engine
			.acquire(LockSpec.of(key).expire(Duration.ofMillis(expireMillis)).renew(Renewal.ALWAYS));
		this.leases.put(key, lease);
		lease.onLost(() -> say("told " + System.nanoTime() + " " + lease.isHeld() + " " + lease.remaining()));
		say("renewed");
	}

	private void release(String key) {
		try {
			this.leases.remove(key).close();
			say("released " + System.nanoTime());
		}
		catch (LockLostException ex) {
			say("lost");
		}
	}

	// What is counted is read and written by two commands, guarded by nothing but the
	// lock.
	private void count(String key, int callers, int times) throws Exception {
		LockSpec spec = LockSpec.of(key).timeout(Duration.ofMinutes(1));
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < callers; i++) {
			tasks.add(() -> {
				for (int j = 0; j < times; j++) {
					this.engine.execute(spec, () -> {
						String value = this.redis.opsForValue().get("counter:" + key);
						this.redis.opsForValue()
							.set("counter:" + key, Long.toString(((value != null) ? Long.parseLong(value) : 0) + 1));
						return null;
					});
				}
				return null;
			});
		}
		for (Future<Void> done : this.threads.invokeAll(tasks)) {
			done.get();
		}
		say("counted");
	}

	private static synchronized void say(String line) {
		System.out.println(line);
		System.out.flush();
	}

}
