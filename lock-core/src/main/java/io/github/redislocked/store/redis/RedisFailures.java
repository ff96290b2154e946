/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.LoggedText;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.data.redis.ClusterRedirectException;
import org.springframework.data.redis.TooManyClusterRedirectionsException;
import org.springframework.data.redis.connection.PoolException;

/**
 * Tells failures that can pass from those that cannot. Drivers and Spring Data wrap most
 * of Redis' errors in one and the same exception, so what counts is the error's code in
 * the messages; where it stands differs: scripts of Redis 6 put text before it.
 */
final class RedisFailures {

	/**
	 * What Lettuce throws, as exactly this class, when it has not got as far as an
	 * answer: no connection, a full queue of commands, a cluster node that is not known
	 * yet.
	 */
	private static final Set<String> DRIVER_TROUBLE = Set.of("io.lettuce.core.RedisException",
			"io.lettuce.core.cluster.PartitionSelectorException");

	/**
	 * A server that does not know a command quotes its arguments, and keys are among
	 * them.
	 */
	private static final Pattern QUOTED_ARGUMENTS = Pattern.compile(", with args beginning with:.*", Pattern.DOTALL);

	/**
	 * What Jedis throws when it has asked node after node of a cluster in vain. Spring
	 * Data knows only some of them for that.
	 */
	private static final String CLUSTER_TROUBLE = "redis.clients.jedis.exceptions.JedisClusterOperationException";

	private static final Pattern ONE_KEY = Pattern.compile("\\b(WRONGTYPE|TRYAGAIN)\\b");

	private RedisFailures() {
	}

	/**
	 * Says what a failure means for a lock.
	 * @param key the key of the lock, as the user names it
	 * @param ex what the driver or Spring Data threw
	 * @return what to throw instead
	 */
	static LockStoreException translate(String key, Throwable ex) {
		Kind kind = kindOf(ex);
		return new LockStoreException(key, "Redis could not be asked about the lock: " + inWords(ex),
				kind.transientFailure, ex);
	}

	/**
	 * Says what a failure means, whatever it was that Redis was asked.
	 * @param ex what the driver or Spring Data threw
	 * @return a clause: what to do, and what the root of the failure says
	 */
	static String inWords(Throwable ex) {
		return "%s (%s)".formatted(kindOf(ex).advice,
				LoggedText.of(QUOTED_ARGUMENTS.matcher(rootMessage(ex)).replaceAll("")));
	}

	/**
	 * Returns whether the user lacks a right to what was asked, or the server does not
	 * offer it.
	 * @param failure what the driver or Spring Data threw
	 * @return {@code true} if nothing was done
	 */
	static boolean isRefusal(Throwable failure) {
		Kind kind = kindOf(failure);
		return kind == Kind.ACCESS || kind == Kind.COMMAND;
	}

	/**
	 * Returns whether it is the Redis keys of one lock that are in the way, and another
	 * lock may be asked for: they hold something else, or are just moving.
	 * @param failure what the driver or Spring Data threw
	 * @return {@code true} if nothing was done
	 */
	static boolean isOfOneKey(Throwable failure) {
		return ONE_KEY.matcher(messages(failure)).find();
	}

	/**
	 * Returns whether the server does not know a script that it was asked to run by its
	 * digest.
	 * @param failure what the driver or Spring Data threw
	 * @return {@code true} if nothing was run
	 */
	static boolean isUnknownScript(Throwable failure) {
		return messages(failure).contains("NOSCRIPT");
	}

	private static Kind kindOf(Throwable failure) {
		String messages = messages(failure);
		for (Kind kind : Kind.values()) {
			if (kind.mark != null && kind.mark.matcher(messages).find()) {
				return kind;
			}
		}
		for (Throwable ex = failure; ex != null; ex = cause(ex)) {
			if (ex instanceof QueryTimeoutException || ex instanceof java.util.concurrent.TimeoutException) {
				return Kind.TIMEOUT;
			}
			if (ex instanceof ClusterRedirectException || ex instanceof TooManyClusterRedirectionsException
					|| ex.getClass().getName().equals(CLUSTER_TROUBLE)) {
				return Kind.CLUSTER;
			}
			if (ex instanceof CancellationException || DRIVER_TROUBLE.contains(ex.getClass().getName())) {
				return Kind.CONNECTION;
			}
			if (ex instanceof TransientDataAccessException || ex instanceof DataAccessResourceFailureException
					|| ex instanceof PoolException || ex instanceof java.io.IOException) {
				return Kind.CONNECTION;
			}
			if (ex instanceof InterruptedException || ex.getClass().getName().endsWith("InterruptedException")) {
				return Kind.INTERRUPTED;
			}
		}
		return Kind.UNKNOWN;
	}

	/**
	 * Returns what a failure says.
	 * @param failure what the driver or Spring Data threw
	 * @return its message and those of its causes, each on a line
	 */
	static String messages(Throwable failure) {
		StringBuilder messages = new StringBuilder();
		for (Throwable ex = failure; ex != null; ex = cause(ex)) {
			messages.append(ex.getMessage()).append('\n');
			// The last of several attempts, on a cluster with Jedis.
			for (Throwable attempt : ex.getSuppressed()) {
				messages.append(attempt.getMessage()).append('\n');
			}
		}
		return messages.toString();
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		for (Throwable ex = failure; ex != null; ex = cause(ex)) {
			root = ex;
		}
		String message = root.getMessage();
		return (message != null) ? message : root.getClass().getSimpleName();
	}

	private static @Nullable Throwable cause(Throwable ex) {
		return (ex.getCause() != ex) ? ex.getCause() : null;
	}

	/**
	 * What a failure means. In the order of the search: an error that quotes arguments
	 * comes before those whose code might occur in an argument, a refused log-in before
	 * the failed connection it arrives as.
	 */
	private enum Kind {

		COMMAND(false, "unknown command",
				"the server does not offer a command that locks need; undo its rename-command, or use a server that has EVAL"),

		LOG_IN(false,
				"\\b(NOAUTH|WRONGPASS|invalid password|without any password configured|unauthenticated (multi)?bulk length)\\b",
				"it did not accept the user name and password; check spring.data.redis.username and password"),

		ACCESS(false,
				"\\bNOPERM\\b|The user executing the script can't|ACL failure in script|[Nn]o permissions to access",
				"its user lacks a right; give it the commands and keys that the lock scripts use"),

		STOPPED(false, "has been (STOPPED|STOPPING|DESTROYED)",
				"the application's connection factory is stopped; take locks only while the context runs"),

		TYPE(false, "\\bWRONGTYPE\\b",
				"a Redis key of the lock holds something that is no lock; delete it, or give the lock another key or key-prefix"),

		MEMORY(false, "\\bOOM\\b", "its memory is full; raise maxmemory or free memory"),

		DISK(false, "\\bMISCONF\\b", "it takes no writes because it cannot save to its disk; see the server's log"),

		REPLICAS(false, "\\bNOREPLICAS\\b",
				"it takes no writes because too few replicas follow it; see min-replicas-to-write"),

		SLOT(false, "\\bCROSSSLOT\\b",
				"the lock's Redis keys lie in different cluster slots; use a key without braces"),

		LOADING(true, "\\bLOADING\\b", "it is still loading its data; it can be asked again when it has"),

		REPLICA(true, "\\b(READONLY|MASTERDOWN|UNBLOCKED)\\b|WAIT cannot be used with (replica|slave) instances",
				"the server asked is a replica, as during a fail-over; if this lasts, connect to the primary"),

		CLUSTER(true, "\\b(CLUSTERDOWN|TRYAGAIN|MOVED|ASK)\\b",
				"the cluster is failing over or moving slots; if this lasts, check that every slot is served"),

		BUSY(true, "\\bBUSY\\b", "it runs a script that takes long; if this lasts, end that script with SCRIPT KILL"),

		CONNECTIONS(true, "max number of clients reached",
				"it accepts no more connections; raise maxclients or use fewer connections"),

		TIMEOUT(true, null, "it did not answer in time; what the command did is unknown"),

		INTERRUPTED(true, null, "the thread was interrupted meanwhile; what the command did is unknown"),

		CONNECTION(true, null, "the connection failed; check spring.data.redis.* and that the server runs"),

		UNKNOWN(false, null, "an unexpected failure, see the cause");

		private final boolean transientFailure;

		private final @Nullable Pattern mark;

		private final String advice;

		Kind(boolean transientFailure, @Nullable String mark, String advice) {
			this.transientFailure = transientFailure;
			this.mark = (mark != null) ? Pattern.compile(mark) : null;
			this.advice = advice;
		}

	}

}
