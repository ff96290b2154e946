/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.WakeUp;
import io.github.redislocked.testing.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the scripts do with Redis keys that hold something else, with a lost script cache,
 * with many processes and odd names.
 */
class QueueFaultsIntegrationTests extends AbstractQueueTests {

	private final QueueProcess process = deaf("a");

	private final OwnerToken token = this.process.next();

	QueueFaultsIntegrationTests() {
		super(Driver.LETTUCE);
	}

	@Test
	void whenTheLockHoldsAnotherTypeThenRefusedAndUntouched() {
		this.redis.opsForList().rightPushAll(this.lock, "x", "y");
		refusedByAll();
		assertThat(this.redis.opsForList().range(this.lock, 0, -1)).containsExactly("x", "y");
		assertThat(this.redis.hasKey(this.state)).isFalse();
		assertThat(this.redis.hasKey(this.queue)).isFalse();
		this.redis.delete(this.lock);
	}

	@Test
	void whenTheStateHoldsAnotherTypeThenRefusedAndUntouched() {
		this.redis.opsForValue().set(this.state, "x");
		refusedByAll();
		assertThat(this.redis.opsForValue().get(this.state)).isEqualTo("x");
		assertThat(this.redis.hasKey(this.lock)).isFalse();
		assertThat(this.redis.hasKey(this.queue)).isFalse();
		this.redis.delete(this.state);
	}

	@Test
	void whenTheQueueHoldsAnotherTypeThenRefusedAndUntouched() {
		this.redis.opsForValue().set(this.queue, "x");
		refused(() -> this.process.acquire(this.token));
		refused(() -> this.process.queue(this.token));
		refused(() -> this.process.cancel(this.token));
		assertThat(this.redis.opsForValue().get(this.queue)).isEqualTo("x");
		assertThat(this.redis.hasKey(this.lock)).isFalse();
		assertThat(this.redis.hasKey(this.state)).isFalse();
		this.redis.delete(this.queue);
	}

	@Test
	void whenTheQueueTurnsIntoAnotherTypeThenAReleaseIsNotDoneByHalves() {
		this.process.granted(this.token);
		this.redis.opsForValue().set(this.queue, "x");
		refused(() -> this.process.release(this.token));
		assertHolder(this.token);
		this.redis.delete(this.queue);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@Test
	void whenTheLockHoldsATextForEverThenRefusedAndUntouched() {
		this.redis.opsForValue().set(this.lock, "somebody else's");
		refused(() -> this.process.acquire(this.token));
		refused(() -> this.process.queue(this.token));
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(holder()).isEqualTo("somebody else's");
		assertThat(waiters()).isEmpty();
		this.redis.delete(this.lock);
	}

	@Test
	void whenALateAcquireQueuedALostTokenThenItsReleaseLeavesTheQueueThoughALaterTokenIsClosed() {
		this.process.granted(this.token);
		this.redis.delete(this.lock); // its lease has run out, and its holder goes on
		QueueProcess other = deaf("b");
		OwnerToken holder = other.next();
		other.granted(holder);
		this.process.queue(this.token); // a copy of the acquire
		OwnerToken later = this.process.next();
		assertThat(this.process.cancel(later)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(waiters()).isEmpty();
		other.release(holder);
		assertThat(holder()).isNull();
	}

	@Test
	void whenTheScriptsAreFlushedThenEveryCommandGoesOn() {
		this.redis.execute((RedisConnection connection) -> {
			connection.scriptingCommands().scriptFlush();
			return null;
		});
		this.process.granted(this.token);
		QueueProcess next = listening("next");
		OwnerToken waiter = next.next();
		next.queue(waiter);
		this.redis.execute((RedisConnection connection) -> {
			connection.scriptingCommands().scriptFlush();
			return null;
		});
		this.process.renew(this.token, QueueProcess.LEASE);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(next.wakeUp().token()).isEqualTo(waiter);
		assertThat(next.cancel(waiter)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@Test
	void whenManyProcessesUseAKeyThenOldReceiptsGo() {
		Duration retention = Duration.ofMillis(100);
		OwnerToken held = this.process.next();
		this.process.acquire(held, Duration.ofMinutes(5), Duration.ZERO);
		long most = 0;
		for (int i = 0; i < 1_000; i++) {
			QueueProcess next = new QueueProcess(connections(), "p" + i + ":" + UUID.randomUUID(), this.key, retention);
			next.cancel(next.next());
			most = Math.max(most, this.redis.opsForHash().size(this.state));
		}
		assertThat(most).isGreaterThan(64);
		assertThat(this.redis.opsForHash().size(this.state)).isLessThan(900);
		assertThat(this.redis.opsForHash().hasKey(this.state, "last")).isTrue();
		assertThat(this.process.release(held)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@Test
	void whenReceiptsArePrunedThenFreshOnesAndWaitersStay() {
		this.process.granted(this.token);
		QueueProcess next = deaf("next");
		OwnerToken waiter = next.next();
		next.queue(waiter);
		QueueProcess gone = deaf("gone");
		OwnerToken cancelled = gone.next();
		gone.cancel(cancelled);
		this.redis.opsForHash().put(this.state, "closed:old:1", "7 RELEASED 1000000");
		this.redis.opsForHash().put(this.state, "wait:old:2", "1000000 30000 0");
		for (int i = 0; i < 100; i++) {
			QueueProcess other = deaf("p" + i);
			other.cancel(other.next());
		}
		assertThat(this.redis.opsForHash().hasKey(this.state, "closed:old:1")).isFalse();
		assertThat(this.redis.opsForHash().hasKey(this.state, "wait:old:2")).isFalse();
		assertThat(gone.cancel(cancelled)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(waiters()).containsExactly(waiter.toString());
		this.process.release(this.token);
		assertHolder(waiter);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a:b:c", "%", "%d%s", "\"quoted\"", "it's", "{braces}", "[x]*?", "-+.^$()", "\\", "1", "a:7" })
	void whenTheLabelIsOddThenHandedOverAllTheSame(String label) {
		this.process.granted(this.token);
		QueueProcess next = listening(label);
		OwnerToken waiter = next.next();
		next.queue(waiter);
		this.process.release(this.token);
		WakeUp wakeUp = next.wakeUp();
		assertThat(wakeUp.token()).isEqualTo(waiter);
		assertThat(wakeUp.key()).isEqualTo(this.key);
		assertThat(next.release(waiter)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(next.release(waiter)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
	}

	@Test
	void whenLabelsAreSimilarThenReceiptsAreTheirOwn() {
		QueueProcess one = new QueueProcess(connections(), "a:1", this.key);
		QueueProcess two = new QueueProcess(connections(), "a:1:1", this.key);
		OwnerToken nine = one.token(9);
		one.granted(nine);
		one.release(nine);
		two.granted(two.token(1));
		assertThat(two.release(two.token(1))).isEqualTo(ReleaseAnswer.RELEASED);
	}

	private void refusedByAll() {
		refused(() -> this.process.acquire(this.token));
		refused(() -> this.process.queue(this.token));
		refused(() -> this.process.renew(this.token, QueueProcess.LEASE));
		refused(() -> this.process.release(this.token));
		refused(() -> this.process.cancel(this.token));
	}

	private void refused(Supplier<?> command) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(command::get)
			.havingCause()
			.isInstanceOfSatisfying(LockStoreException.class, (ex) -> {
				assertThat(ex.isTransient()).isFalse();
				assertThat(ex.key()).isEqualTo(this.key);
				assertThat(ex).hasMessageNotContaining(this.key);
			});
	}

}
