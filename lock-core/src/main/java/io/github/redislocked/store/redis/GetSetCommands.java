/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.ConfirmAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * The commands of the protocol {@code getset}, in one way of running scripts.
 */
final class GetSetCommands implements ScriptedCommands {

	private static final RedisScript<String> ACQUIRE = script("getset-acquire.lua");

	private static final RedisScript<String> RENEW = script("getset-renew.lua");

	private static final RedisScript<String> RELEASE = script("getset-release.lua");

	private final Scripts scripts;

	private final RedisServers servers;

	private final GetSetKeys keys;

	private final Duration fenceRetention;

	GetSetCommands(Scripts scripts, RedisServers servers, GetSetKeys keys, Duration fenceRetention) {
		this.scripts = scripts;
		this.servers = servers;
		this.keys = keys;
		this.fenceRetention = fenceRetention;
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		// Where its renewals go is decided without asking.
		this.servers.isCluster();
		return run(request.key(), ACQUIRE, request.token(), request.expire(), request.waitTime(),
				GetSetCommands::acquireAnswer);
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return run(key, RENEW, token, expire, Duration.ZERO, GetSetCommands::renewed);
	}

	@Override
	public CompletionStage<ConfirmAnswer> confirm(String key, OwnerToken token, Duration expire, Duration patience) {
		// A renewal writes in any case.
		ScriptCall call = call(key, token, expire, Duration.ZERO);
		return Replicated.read(this.scripts.replicate(RENEW, call, patience), (answer) -> renewAnswer(call, answer));
	}

	@Override
	public RedisScript<String> renewScript() {
		return RENEW;
	}

	@Override
	public ScriptCall renewal(RenewRequest request) {
		return call(request.key(), request.token(), request.expire(), Duration.ZERO);
	}

	@Override
	public RenewAnswer renewAnswer(ScriptCall call, String answer) {
		return renewed(fields(call, answer));
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return run(key, RELEASE, token, Duration.ZERO, Duration.ZERO, (fields) -> ReleaseAnswer.valueOf(fields[0]));
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return release(key, token);
	}

	private <T> CompletionStage<T> run(String key, RedisScript<String> script, OwnerToken token, Duration expire,
			Duration waitTime, Function<String[], T> reader) {
		ScriptCall call;
		try {
			call = call(key, token, expire, waitTime);
		}
		catch (LockStoreException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return this.scripts.run(script, call).thenApply((answer) -> reader.apply(fields(call, answer)));
	}

	private ScriptCall call(String key, OwnerToken token, Duration expire, Duration waitTime) {
		return new ScriptCall(key, redisKeys(key), token.process(), Long.toString(token.sequence()),
				millis(this.fenceRetention), millis(expire), millis(waitTime));
	}

	private static String[] fields(ScriptCall call, String answer) {
		String[] fields = answer.split(" ");
		if (fields[0].equals("FOREIGN")) {
			throw foreign(call.userKey(),
					fields[1].equals("lock") ? "its Redis key" : "the Redis key beside it, of its owner,");
		}
		return fields;
	}

	private static RenewAnswer renewed(String[] fields) {
		return RenewAnswer.valueOf(fields[0]);
	}

	private List<String> redisKeys(String key) {
		try {
			return this.keys.of(key);
		}
		catch (IllegalArgumentException ex) {
			throw new LockStoreException(key, "The key cannot be locked: %s".formatted(ex.getMessage()), false, ex);
		}
	}

	private static AcquireAnswer acquireAnswer(String[] fields) {
		return switch (fields[0]) {
			case "GRANTED" ->
				new AcquireAnswer.Granted(Long.parseLong(fields[1]), Duration.ofMillis(Long.parseLong(fields[2])), 0);
			case "HELD" -> new AcquireAnswer.Held(fields[2].equals("-") ? null : fields[2],
					Duration.ofMillis(Long.parseLong(fields[1])), 0);
			case "CLOSED" -> new AcquireAnswer.Closed();
			default -> throw new IllegalStateException("Unknown answer '" + fields[0] + "'");
		};
	}

	private static RedisScript<String> script(String name) {
		return Scripts.load("", List.of("getset-common.lua", name));
	}

	private static LockStoreException foreign(String key, String what) {
		return new LockStoreException(key, ("The lock cannot be taken: %s holds something else, which was left alone. "
				+ "A lock of the algorithm getset is a string, a Unix time in whole seconds, with a hash beside it; "
				+ "delete what is there, or choose another key or redis-lock.key-prefix")
			.formatted(what), false, null);
	}

	// Rounded up, so that a time is never shorter than asked for.
	private static String millis(Duration duration) {
		return Long.toString(duration.plusNanos(999_999).toMillis());
	}

}
