/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TestRedis;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A Redis of its own for listings of locks, with a user who has the rights for locks and
 * for listing them, and no others.
 */
final class ListingServer implements AutoCloseable {

	private static final String LISTER = "lister-";

	private final Map<Driver, RedisConnectionFactory> connections = new EnumMap<>(Driver.class);

	private final List<RedisConnectionFactory> opened = new ArrayList<>();

	private final LockRights rights;

	private final TestRedis server;

	private final StringRedisTemplate redis;

	private ListingServer(LockRights rights, TestRedis server) {
		this.rights = rights;
		this.server = server;
		this.redis = server.template();
	}

	static ListingServer start(LockRights rights) {
		return startOn(rights, Ports.next());
	}

	static ListingServer startOn(LockRights rights, int port) {
		String user = "user %s on >%s ~* resetchannels &* %s %s".formatted(LISTER + rights, RestrictedUser.PASSWORD,
				LockRights.added(rights.commands()), LockRights.added(rights.forListing()));
		return new ListingServer(rights, TestRedis.startOn(port, user));
	}

	TestRedis server() {
		return this.server;
	}

	StringRedisTemplate redis() {
		return this.redis;
	}

	/**
	 * Removes all keys, and forgets how often each command was called.
	 */
	void clear() {
		this.redis.execute(RedisScript.of("redis.call('FLUSHALL')"), List.of());
		TestRedis.resetStatistics(this.redis);
	}

	/**
	 * Makes strings that hold numbers.
	 */
	void numbers(String beginning, int number) {
		this.redis.execute(RedisScript.of("for i = 1, ARGV[2] do redis.call('SET', ARGV[1] .. i, i) end"), List.of(),
				beginning, Integer.toString(number));
	}

	ListingProcess process(Driver driver, String prefix) {
		return process(this.connections.computeIfAbsent(driver, (missing) -> connect(missing, LISTER + this.rights)),
				prefix);
	}

	/**
	 * Makes a process of a user who has the rights for locks alone.
	 */
	ListingProcess processWithoutTheRight(Driver driver, String prefix) {
		return process(
				connect(driver,
						(this.rights == LockRights.QUEUE) ? RestrictedUser.NAME : RestrictedUser.NAME_FOR_GETSET),
				prefix);
	}

	private ListingProcess process(RedisConnectionFactory connected, String prefix) {
		return new ListingProcess(
				(this.rights == LockRights.QUEUE) ? new QueueLockStore(connected, prefix, Duration.ofMinutes(10))
						: new GetSetLockStore(connected, prefix, Duration.ofMinutes(10)));
	}

	private RedisConnectionFactory connect(Driver driver, String user) {
		RedisConnectionFactory connected = driver.connect(RestrictedUser.named(this.server.port(), user),
				Duration.ofSeconds(10));
		this.opened.add(connected);
		return connected;
	}

	@Override
	public void close() {
		this.opened.forEach(GetSetFixture::close);
		this.server.close();
	}

}
