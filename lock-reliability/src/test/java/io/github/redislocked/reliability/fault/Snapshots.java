/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.redislocked.reliability.history.Snapshot;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Reads what stands in Redis.
 */
final class Snapshots {

	private static final Pattern LOCK = Pattern.compile("redis-lock:\\{k(\\d+)}");

	private static final String WAITING = "wait:";

	private Snapshots() {
	}

	static Snapshot take(FaultyRedis redis, boolean quiet) {
		try (Jedis admin = redis.admin()) {
			Map<String, Response<Long>> expiries = new LinkedHashMap<>();
			Map<Integer, Response<String>> holders = new LinkedHashMap<>();
			List<Response<? extends Iterable<String>>> waiters = new ArrayList<>();
			try (Pipeline pipeline = admin.pipelined()) {
				for (String name : names(admin)) {
					Matcher lock = LOCK.matcher(name);
					if (lock.matches()) {
						holders.put(Integer.parseInt(lock.group(1)), pipeline.get(name));
					}
					else if (name.endsWith(":queue")) {
						waiters.add(pipeline.zrange(name, 0, -1));
					}
					else if (name.endsWith(":fence")) {
						waiters.add(pipeline.hkeys(name));
					}
					expiries.put(name, pipeline.pttl(name));
				}
				pipeline.sync();
			}
			List<Snapshot.Lock> locks = new ArrayList<>();
			holders.forEach((key, holder) -> {
				if (holder.get() != null) {
					locks.add(new Snapshot.Lock(key, holder.get()));
				}
			});
			List<String> waiting = new ArrayList<>();
			waiters.forEach((names) -> names.get().forEach((name) -> {
				if (name.startsWith(WAITING)) {
					waiting.add(name.substring(WAITING.length()));
				}
				else if (!name.startsWith("closed:") && !name.equals("last")) {
					waiting.add(name);
				}
			}));
			List<String> withoutExpiry = expiries.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().get() == -1)
				.map(Map.Entry::getKey)
				.toList();
			long connections = admin.clientList().lines().filter((line) -> line.contains("user=default")).count();
			return new Snapshot(System.nanoTime(), quiet, locks, waiting, withoutExpiry,
					admin.pubsubChannels("redis-lock:*").size(), connections);
		}
	}

	private static Set<String> names(Jedis admin) {
		Set<String> names = new LinkedHashSet<>();
		String cursor = ScanParams.SCAN_POINTER_START;
		do {
			ScanResult<String> page = admin.scan(cursor, new ScanParams().match("redis-lock:*").count(1000));
			names.addAll(page.getResult());
			cursor = page.getCursor();
		}
		while (!cursor.equals(ScanParams.SCAN_POINTER_START));
		return names;
	}

}
