/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A server whose memory is limited, and filled on demand with what is no lock's.
 */
public final class FillableRedis implements Servers {

	private static final String VALUE = "x".repeat(10_000);

	private static final int MOST = 100_000;

	/**
	 * How much may be filled, in bytes.
	 */
	private static final int ROOM = 2_000_000;

	private final RedisProcess server;

	private int filled;

	/**
	 * Starts a server with memory enough.
	 * @param directory where its files are
	 */
	public FillableRedis(Path directory) {
		this.server = RedisProcess.server(directory, "maxmemory-samples 10");
	}

	@Override
	public Address address() {
		return Address.ofServer(this.server.port());
	}

	@Override
	public List<Jedis> connect() {
		return List.of(this.server.connect());
	}

	/**
	 * Returns the server.
	 * @return the server
	 */
	public RedisProcess server() {
		return this.server;
	}

	/**
	 * Limits the memory, and fills what is left of it.
	 * @param policy the eviction policy, as {@code maxmemory-policy} has it
	 * @param enough when to stop; at the latest when the server refuses
	 */
	public void fill(String policy, Predicate<Jedis> enough) {
		configure("maxmemory-policy", policy);
		configure("maxmemory", Long.toString(usedMemory() + ROOM));
		try (Jedis redis = new Jedis("127.0.0.1", this.server.port())) {
			for (int i = 0; i < MOST && !enough.test(redis); i++) {
				redis.set("filling:" + this.filled++, VALUE);
			}
		}
		catch (JedisDataException ex) {
			if (!ex.getMessage().startsWith("OOM")) {
				throw ex;
			}
			// What the connection took is free again, and must not be enough for a lock.
			configure("maxmemory", Long.toString(usedMemory() - ROOM / 2));
		}
	}

	/**
	 * Lifts the limit, and takes away what was filled in.
	 */
	public void relieve() {
		configure("maxmemory", "0");
		List<String> filling = List.copyOf(this.server.ask((redis) -> redis.keys("filling:*")));
		if (!filling.isEmpty()) {
			this.server.ask((redis) -> redis.del(filling.toArray(String[]::new)));
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

	private long usedMemory() {
		return Long.parseLong(this.server.info("memory").get("used_memory"));
	}

	private void configure(String name, String value) {
		this.server.ask((redis) -> redis.configSet(name, value));
	}

}
