/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the user of the locks has to be allowed to do in Redis, and no more: every command
 * that the scripts use, the driver or the check at start-up; and what a listing of locks
 * uses besides. The only place where these are listed.
 */
enum LockRights {

	/**
	 * The rights for the protocol {@code queue}.
	 */
	QUEUE(List.of("del", "exists", "get", "hdel", "hget", "hgetall", "hlen", "hmget", "hset", "pexpire", "pttl", "set",
			"time", "zadd", "zcard", "zrange", "zrem", "zscore", "publish", "pubsub|numsub"),
			List.of("subscribe", "unsubscribe"), List.of("scan")),

	/**
	 * The rights for the protocol {@code getset}, which has no wake-ups.
	 */
	GETSET(List.of("del", "get", "hdel", "hgetall", "hlen", "hmget", "hset", "pexpire", "pexpireat", "pttl", "set",
			"time"), List.of(), List.of("scan", "getrange"));

	/**
	 * What the scripts are run by, what connection pools look after their connections
	 * with, and what says which version and which eviction policy a server has.
	 */
	private static final List<String> COMMON = List.of("eval", "evalsha", "ping", "info");

	/**
	 * The rights without which locks still work, but waiters are not woken.
	 */
	static final List<String> FOR_WAKE_UPS = List.of("publish", "pubsub|numsub", "subscribe", "unsubscribe");

	private final List<String> inScripts;

	private final List<String> forSubscriptions;

	private final List<String> forListing;

	LockRights(List<String> inScripts, List<String> forSubscriptions, List<String> forListing) {
		this.inScripts = inScripts;
		this.forSubscriptions = forSubscriptions;
		this.forListing = forListing;
	}

	/**
	 * Returns the commands that the scripts use.
	 * @return their names, as in a rule of an ACL
	 */
	List<String> inScripts() {
		return this.inScripts;
	}

	/**
	 * Returns whether there is a channel for wake-ups.
	 * @return {@code true} if the user needs to subscribe
	 */
	boolean haveChannel() {
		return !this.forSubscriptions.isEmpty();
	}

	/**
	 * Returns the commands that only a listing of the fleet's locks uses, on top of all
	 * others. Nobody else needs them.
	 * @return their names, as in a rule of an ACL
	 */
	List<String> forListing() {
		return this.forListing;
	}

	/**
	 * Returns all commands that the user needs.
	 * @return their names, as in a rule of an ACL
	 */
	List<String> commands() {
		return Stream.of(COMMON, this.inScripts, this.forSubscriptions).flatMap(List::stream).toList();
	}

	/**
	 * Returns the rules that let a user do all this, and nothing else.
	 * @param keyPrefix beginning of every Redis key and channel
	 * @return what follows the user's name and password in ACL SETUSER
	 */
	String rules(String keyPrefix) {
		return keys(keyPrefix) + " " + added(commands());
	}

	/**
	 * Returns the rules for the Redis keys and channels.
	 * @param keyPrefix beginning of every Redis key and channel
	 * @return patterns of an ACL
	 */
	String keys(String keyPrefix) {
		// Redis refuses a pattern beside the one of all keys.
		String keys = (haveChannel() || keyPrefix.isEmpty()) ? "~%s*".formatted(keyPrefix)
				: "~%s* ~%s*".formatted(keyPrefix, GetSetKeys.COMPANION);
		return keys + " resetchannels" + (haveChannel() ? " &%s*".formatted(keyPrefix) : "");
	}

	/**
	 * Returns the rules that allow commands.
	 * @param commands their names
	 * @return rules of an ACL
	 */
	static String added(Collection<String> commands) {
		return commands.stream().map((command) -> "+" + command).collect(Collectors.joining(" "));
	}

}
