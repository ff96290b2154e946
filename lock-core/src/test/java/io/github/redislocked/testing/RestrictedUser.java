/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.util.List;

import io.github.redislocked.store.redis.DocumentedRights;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

/**
 * A user with the rights that {@code docs/security.md} tells people to give, and no more.
 * Every {@link TestRedis} has it; with {@code -Dredis.user=restricted} every
 * {@link Driver} connects as this user instead of the one who may do everything.
 */
public final class RestrictedUser {

	/**
	 * The name of the user.
	 */
	public static final String NAME = "locks";

	/**
	 * The name of another one, with the rights for the protocol {@code getset}.
	 */
	public static final String NAME_FOR_GETSET = "getset-locks";

	/**
	 * The password of both.
	 */
	public static final String PASSWORD = "secret";

	private static final boolean EVERYWHERE = "restricted".equals(System.getProperty("redis.user"));

	private RestrictedUser() {
	}

	/**
	 * Returns the lines of redis.conf that make both users known.
	 * @return the lines
	 */
	static List<String> settings() {
		return List.of("user %s on >%s %s".formatted(NAME, PASSWORD, DocumentedRights.rules()),
				"user %s on >%s %s".formatted(NAME_FOR_GETSET, PASSWORD, DocumentedRights.rulesOfGetSet()));
	}

	/**
	 * Returns the connection of an application, as this run of the tests has it.
	 * @param port the port of a server on this machine
	 * @return the configuration, with or without the user
	 */
	static RedisStandaloneConfiguration configuration(int port) {
		return EVERYWHERE ? named(port, NAME) : new RedisStandaloneConfiguration("127.0.0.1", port);
	}

	/**
	 * Returns the connection of an application that uses the protocol {@code getset}.
	 * @param port the port of a server on this machine
	 * @return the configuration, with or without the user
	 */
	public static RedisStandaloneConfiguration configurationForGetSet(int port) {
		return EVERYWHERE ? named(port, NAME_FOR_GETSET) : new RedisStandaloneConfiguration("127.0.0.1", port);
	}

	/**
	 * Returns a connection as some user.
	 * @param port the port of a server on this machine
	 * @param name the name of a user whose password is the same
	 * @return the configuration
	 */
	public static RedisStandaloneConfiguration named(int port, String name) {
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", port);
		configuration.setUsername(name);
		configuration.setPassword(PASSWORD);
		return configuration;
	}

}
