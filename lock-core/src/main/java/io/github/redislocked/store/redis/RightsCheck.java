/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Tries in a harmless way, as the user of the application's connections, whatever locks
 * do in Redis.
 */
final class RightsCheck {

	private static final RedisScript<String> SCRIPT = Scripts.load("", List.of("check-rights.lua"));

	private static final String KEYS = "keys";

	private static final String CHANNELS = "channels";

	private static final Pattern OF_KEYS = Pattern.compile("access (a|(at least )?one of the) keys?\\b");

	private static final Pattern OF_CHANNELS = Pattern.compile("\\bchannels?\\b");

	private final LockRights rights;

	private final String keyPrefix;

	private final Set<String> refused = new LinkedHashSet<>();

	/**
	 * Begins a check.
	 * @param rights what is to be tried
	 * @param keyPrefix beginning of every Redis key and channel, for messages
	 */
	RightsCheck(LockRights rights, String keyPrefix) {
		this.rights = rights;
		this.keyPrefix = keyPrefix;
	}

	/**
	 * Tries what is done on connections like any other.
	 * @param connection a connection
	 * @param redisKey a key that nobody has, which says which node of a cluster this is
	 * about
	 * @param channel a channel that nobody has subscribed
	 * @return this check
	 * @throws RuntimeException what fails for another reason than a missing right
	 */
	RightsCheck commands(RedisConnection connection, String redisKey, String channel) {
		byte[] script = bytes(SCRIPT.getScriptAsString());
		byte[][] args = Stream.of(List.of(redisKey, channel), this.rights.inScripts())
			.flatMap(List::stream)
			.map(RightsCheck::bytes)
			.toArray(byte[][]::new);
		attempt("ping", connection::ping);
		attempt("eval", () -> read(connection.scriptingCommands().eval(script, ReturnType.VALUE, 1, args)));
		attempt("evalsha", () -> connection.scriptingCommands().evalSha(SCRIPT.getSha1(), ReturnType.VALUE, 1, args));
		return this;
	}

	/**
	 * Tries to subscribe, if there is anything to subscribe to.
	 * @param connectionFactory the application's connections
	 * @param channel a channel that nobody has subscribed
	 * @return this check
	 * @throws RuntimeException what fails for another reason than a missing right
	 */
	RightsCheck subscription(RedisConnectionFactory connectionFactory, String channel) {
		if (this.rights.haveChannel()) {
			SubscriptionTrial trial = new SubscriptionTrial(connectionFactory, bytes(channel));
			try {
				if (attempt("subscribe", trial::subscribe)) {
					attempt("unsubscribe", trial::unsubscribe);
				}
			}
			finally {
				trial.close();
			}
		}
		return this;
	}

	/**
	 * Tries one command.
	 * @param command its name, as in a rule of an ACL
	 * @param trial sends it
	 * @return whether the user may run it
	 */
	boolean attempt(String command, Runnable trial) {
		try {
			trial.run();
			return true;
		}
		catch (RuntimeException ex) {
			if (RedisFailures.isRefusal(ex)) {
				refused(command, RedisFailures.messages(ex));
			}
			else if (!RedisFailures.isUnknownScript(ex)) {
				throw ex;
			}
			return false;
		}
	}

	private void read(byte @Nullable [] answer) {
		if (answer != null && answer.length > 0) {
			new String(answer, StandardCharsets.UTF_8).lines().forEach((line) -> {
				String[] fields = line.split(" ", 2);
				refused(fields[0], fields[1]);
			});
		}
	}

	private void refused(String command, String said) {
		if (OF_KEYS.matcher(said).find()) {
			this.refused.add(KEYS);
		}
		else {
			this.refused.add(OF_CHANNELS.matcher(said).find() ? CHANNELS : command);
		}
	}

	/**
	 * Says what was refused.
	 * @param where which server has refused it
	 * @return what to do about it; empty if nothing was refused
	 */
	List<RedisFinding> findings(String where) {
		List<RedisFinding> findings = new ArrayList<>();
		List<String> needed = new ArrayList<>(this.refused);
		needed.removeAll(LockRights.FOR_WAKE_UPS);
		needed.remove(CHANNELS);
		if (!needed.isEmpty()) {
			findings.add(finding(where, needed, "locks will fail"));
		}
		List<String> helpful = new ArrayList<>(this.refused);
		helpful.removeAll(needed);
		if (!helpful.isEmpty()) {
			findings.add(finding(where, helpful, "waiters cannot be woken, and ask up to four times a second instead"));
		}
		return findings;
	}

	private RedisFinding finding(String where, List<String> missing, String consequence) {
		List<String> commands = new ArrayList<>(missing);
		boolean names = commands.removeAll(List.of(KEYS, CHANNELS));
		String what = commands.isEmpty() ? "" : "run " + String.join(", ", commands);
		if (names) {
			what += (what.isEmpty() ? "" : " and ") + "use the %s that begin with '%s'"
				.formatted(missing.contains(KEYS) ? KEYS : CHANNELS, this.keyPrefix);
		}
		String rules = Stream.of(names ? this.rights.keys(this.keyPrefix) : "", LockRights.added(commands))
			.filter((rule) -> !rule.isEmpty())
			.reduce((one, other) -> one + " " + other)
			.orElseThrow();
		return new RedisFinding("%s does not let its user %s: %s".formatted(where, what, consequence),
				"Give the user of spring.data.redis.username the rights that it lacks: ACL SETUSER <user> %s"
					.formatted(rules));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
