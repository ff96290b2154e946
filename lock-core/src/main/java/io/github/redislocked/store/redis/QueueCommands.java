/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.ConfirmAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import io.github.redislocked.store.YieldAnswer;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * The commands of the protocol {@code queue}, in one way of running scripts.
 */
final class QueueCommands implements ScriptedCommands {

	private static final RedisScript<String> RENEW = script("return renew()", "queue-common.lua", "queue-renew.lua");

	private static final RedisScript<String> CONFIRM = script("return confirm()", "queue-common.lua",
			"queue-confirm.lua");

	private static final RedisScript<String> ACQUIRE = script("return acquire(false)", "queue-acquire-free.lua",
			"queue-common.lua", "queue-acquire.lua");

	private static final RedisScript<String> RELEASE = script("return release(sequence, false)",
			"queue-release-held.lua", "queue-common.lua", "queue-release.lua");

	private static final RedisScript<String> CANCEL = script("return cancel()", "queue-common.lua", "queue-cancel.lua");

	private static final RedisScript<String> YIELD = script("return yield()", "queue-common.lua", "queue-acquire.lua",
			"queue-release.lua", "queue-yield.lua");

	private static final String FOREIGN = "FOREIGN";

	private static final Pattern HOLDER = Pattern.compile("[!-~]{1,200}");

	private final Scripts scripts;

	private final QueueSite site;

	QueueCommands(Scripts scripts, QueueSite site) {
		this.scripts = scripts;
		this.site = site;
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return run(ACQUIRE, request.key(), request.token(), QueueSite.millis(request.expire()),
				QueueSite.millis(request.waitTime()), Integer.toString(request.reserve()))
			.thenApply((answer) -> acquired(request, answer));
	}

	@Override
	public CompletionStage<YieldAnswer> yield(OwnerToken former, AcquireRequest request, boolean ahead) {
		return run(YIELD, request.key(), request.token(), QueueSite.millis(request.expire()),
				QueueSite.millis(request.waitTime()), Integer.toString(request.reserve()),
				Long.toString(former.sequence()), ahead ? "1" : "0")
			.thenApply((answer) -> {
				String[] parts = answer.split(" ", 2);
				// The failure is for who acquires, not for who has released.
				AcquireAnswer acquired = parts[1].equals(FOREIGN) ? null : acquired(request, parts[1]);
				return new YieldAnswer(ReleaseAnswer.valueOf(parts[0]), acquired);
			});
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return run(RENEW, key, token, QueueSite.millis(expire)).thenApply(RenewAnswer::valueOf);
	}

	@Override
	public CompletionStage<ConfirmAnswer> confirm(String key, OwnerToken token, Duration expire, Duration patience) {
		return Replicated.read(
				this.scripts.replicate(CONFIRM, this.site.call(key, token, QueueSite.millis(expire)), patience),
				RenewAnswer::valueOf);
	}

	@Override
	public RedisScript<String> renewScript() {
		return RENEW;
	}

	@Override
	public ScriptCall renewal(RenewRequest request) {
		return this.site.call(request.key(), request.token(), QueueSite.millis(request.expire()));
	}

	@Override
	public RenewAnswer renewAnswer(ScriptCall call, String answer) {
		return RenewAnswer.valueOf(answer);
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return run(RELEASE, key, token).thenApply(ReleaseAnswer::valueOf);
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return run(CANCEL, key, token).thenApply(ReleaseAnswer::valueOf);
	}

	private CompletionStage<String> run(RedisScript<String> script, String key, OwnerToken token, String... more) {
		return this.scripts.run(script, this.site.call(key, token, more));
	}

	private AcquireAnswer acquired(AcquireRequest request, String fields) {
		String[] answer = fields.split(" ", 4);
		return switch (answer[0]) {
			case "GRANTED" -> new AcquireAnswer.Granted(Long.parseLong(answer[1]), request.expire(), request.reserve());
			case "HELD" -> held(request, Long.parseLong(answer[1]), Long.parseLong(answer[2]), answer[3]);
			case "CLOSED" -> new AcquireAnswer.Closed();
			default -> throw foreign(request.key());
		};
	}

	private AcquireAnswer held(AcquireRequest request, long storeMicros, long remainingMillis, String holder) {
		long askAgain = this.site.askAgainMillis(request);
		// Earlier by up to a tenth, so that waiters do not fall into step.
		askAgain -= ThreadLocalRandom.current().nextLong(askAgain / 10);
		// A lock that expires tells nobody; a millisecond later it has expired for
		// certain.
		askAgain = Math.min(askAgain, remainingMillis + 1);
		return new AcquireAnswer.Held(HOLDER.matcher(holder).matches() ? holder : null, Duration.ofMillis(askAgain),
				storeMicros, Duration.ofMillis(remainingMillis));
	}

	private static LockStoreException foreign(String key) {
		return new LockStoreException(key,
				"The Redis key of the lock holds a value without a time to live, which is no lock; delete it, or set another redis-lock.key-prefix",
				false, null);
	}

	private static RedisScript<String> script(String end, String... parts) {
		return Scripts.load(end, Stream.concat(Stream.of("queue-head.lua"), Stream.of(parts)).toList());
	}

}
