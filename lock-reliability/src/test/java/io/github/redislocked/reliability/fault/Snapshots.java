/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.redislocked.reliability.history.Snapshot;
import io.github.redislocked.reliability.server.Servers;
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

	private final List<Snapshot.Lock> locks = new ArrayList<>();

	private final List<Snapshot.Waiter> waiting = new ArrayList<>();

	private final List<String> withoutExpiry = new ArrayList<>();

	/** A subscriber that has moved may be listed by two servers. */
	private final Set<String> channels = new HashSet<>();

	/** Those of the server that has the most. */
	private long connections;

	private Snapshots() {
	}

	static Snapshot take(Servers servers, boolean quiet) {
		Snapshots snapshots = new Snapshots();
		for (Jedis server : servers.connect()) {
			try (server) {
				snapshots.read(server);
			}
		}
		return new Snapshot(System.nanoTime(), quiet, snapshots.locks, snapshots.waiting, snapshots.withoutExpiry,
				snapshots.channels.size(), snapshots.connections);
	}

	private void read(Jedis server) {
		Map<String, Response<Long>> expiries = new LinkedHashMap<>();
		Map<Integer, Response<String>> holders = new LinkedHashMap<>();
		Map<String, Response<? extends Iterable<String>>> waiters = new LinkedHashMap<>();
		try (Pipeline pipeline = server.pipelined()) {
			for (String name : names(server)) {
				Matcher lock = LOCK.matcher(name);
				if (lock.matches()) {
					holders.put(Integer.parseInt(lock.group(1)), pipeline.get(name));
				}
				else if (name.endsWith(":queue")) {
					waiters.put(name, pipeline.zrange(name, 0, -1));
				}
				else if (name.endsWith(":fence")) {
					waiters.put(name, pipeline.hkeys(name));
				}
				expiries.put(name, pipeline.pttl(name));
			}
			pipeline.sync();
		}
		holders.forEach((key, holder) -> {
			if (holder.get() != null) {
				this.locks.add(new Snapshot.Lock(key, holder.get()));
			}
		});
		waiters.forEach((name, members) -> members.get().forEach((member) -> addWaiting(member, name)));
		expiries.forEach((name, expiry) -> {
			if (expiry.get() == -1) {
				this.withoutExpiry.add(name);
			}
		});
		this.channels.addAll(server.pubsubChannels("redis-lock:*"));
		this.connections = Math.max(this.connections,
				server.clientList().lines().filter((line) -> line.contains("user=default")).count());
	}

	private void addWaiting(String member, String name) {
		if (member.startsWith(WAITING)) {
			this.waiting.add(new Snapshot.Waiter(member.substring(WAITING.length()), name));
		}
		else if (!member.startsWith("closed:") && !member.equals("last")) {
			this.waiting.add(new Snapshot.Waiter(member, name));
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
