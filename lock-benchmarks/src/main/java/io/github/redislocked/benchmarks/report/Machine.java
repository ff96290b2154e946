/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.net.URL;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.baomidou.lock.LockTemplate;
import com.sun.management.OperatingSystemMXBean;
import io.lettuce.core.RedisClient;
import net.javacrumbs.shedlock.core.LockProvider;
import org.openjdk.jmh.runner.Runner;
import org.redisson.Redisson;
import redis.clients.jedis.Jedis;

import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.integration.redis.util.RedisLockRegistry;

/**
 * What the figures were measured on. Nothing here names the machine or its user.
 */
public final class Machine {

	private static final double GIBIBYTE = 1 << 30;

	private static final Pattern VERSION = Pattern.compile("-(\\d[^/]*?)\\.jar$");

	private Machine() {
	}

	/**
	 * Describes this machine.
	 * @param redisVersion what Redis says of itself
	 * @return a table
	 */
	public static String describe(String redisVersion) {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		Table table = new Table(List.of("machine", ""));
		table.row(List.of("cores", Integer.toString(system.getAvailableProcessors())));
		table.row(List.of("memory", "%.0f GiB".formatted(system.getTotalMemorySize() / GIBIBYTE)));
		table.row(List.of("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch")));
		table.row(List.of("Java", property("java.vm.name") + " " + property("java.vm.version")));
		table.row(List.of("Redis", redisVersion + ", on the same machine, without persistence"));
		table.row(List.of("drivers", "Lettuce " + version(RedisClient.class) + ", Jedis " + version(Jedis.class)
				+ ", Spring Data Redis " + version(RedisTemplate.class)));
		table.row(List.of("peers",
				"Redisson " + version(Redisson.class) + ", Spring Integration " + version(RedisLockRegistry.class)
						+ ", ShedLock " + version(LockProvider.class) + ", lock4j " + version(LockTemplate.class)));
		table.row(List.of("tools", "JMH " + version(Runner.class)));
		return table.toString();
	}

	private static String property(String name) {
		return System.getProperty(name, "");
	}

	// From the name of its jar, as not every manifest has one.
	private static String version(Class<?> type) {
		URL jar = type.getProtectionDomain().getCodeSource().getLocation();
		Matcher version = VERSION.matcher(jar.getPath());
		return version.find() ? version.group(1) : "";
	}

}
