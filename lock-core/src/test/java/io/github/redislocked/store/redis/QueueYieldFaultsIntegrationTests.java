/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.concurrent.CompletionException;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.YieldAnswer;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A yield of a lock that had been lost, on Redis keys that hold something else, and the
 * fencing tokens that are kept free for callers of one process.
 */
class QueueYieldFaultsIntegrationTests extends AbstractQueueTests {

	private static final int RESERVE = 16;

	private final QueueProcess process = deaf("a");

	private final OwnerToken former = this.process.next();

	private final OwnerToken token = this.process.next();

	QueueYieldFaultsIntegrationTests() {
		super(Driver.LETTUCE);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheFormerLockWasDeletedThenLostAndTaken(boolean ahead) {
		this.process.granted(this.former);
		this.redis.delete(this.lock);
		assertGranted(this.process.yield(this.former, this.token, ahead), ReleaseAnswer.NOT_OWNED);
		assertThat(this.process.release(this.former)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertHolder(this.token);
	}

	@Test
	void whenTheFormerLockRanOutThenLostAndTaken() {
		this.process.granted(this.former);
		this.redis.expire(this.lock, Duration.ofMillis(1));
		Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> holder() == null);
		assertGranted(this.process.yield(this.former, this.token, false), ReleaseAnswer.NOT_OWNED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheFormerLockWasDeletedThenWhoWaitsComesFirst(boolean ahead) {
		this.process.granted(this.former);
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		this.redis.delete(this.lock);
		YieldAnswer answer = this.process.yield(this.former, this.token, ahead);
		assertThat(answer.released()).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertHeldBy(answer.acquired(), waiter);
		assertThat(other.wakeUp().token()).isEqualTo(waiter);
		assertThat(waiters()).containsExactly(this.token.toString());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAnotherOwnsTheLockThenLostAndQueued(boolean ahead) {
		this.process.granted(this.former);
		this.redis.delete(this.lock);
		QueueProcess other = deaf("other");
		OwnerToken owner = other.next();
		other.granted(owner);
		YieldAnswer answer = this.process.yield(this.former, this.token, ahead);
		assertThat(answer.released()).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertHeldBy(answer.acquired(), owner);
		assertHolder(owner);
		assertThat(waiters()).containsExactly(this.token.toString());
	}

	@Test
	void whenTheFormerNeverOwnedTheLockThenTaken() {
		assertGranted(this.process.yield(this.former, this.token, true), ReleaseAnswer.NOT_OWNED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheStateWasEvictedThenKept(boolean ahead) {
		long before = this.process.granted(this.former);
		this.redis.delete(this.state);
		YieldAnswer answer = this.process.yield(this.former, this.token, ahead);
		assertGranted(answer, ReleaseAnswer.RELEASED);
		assertThat(QueueProcess.granted(answer.acquired())).isGreaterThan(before);
		assertThat(remaining(this.state)).isGreaterThan(Duration.ofMinutes(10));
		assertThat(this.process.release(this.former)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
	}

	@Test
	void whenTheLockHoldsAnotherTypeThenRefusedAndUntouched() {
		this.redis.opsForList().rightPushAll(this.lock, "x");
		refused();
		assertThat(this.redis.opsForList().range(this.lock, 0, -1)).containsExactly("x");
		assertThat(this.redis.hasKey(this.state)).isFalse();
		assertThat(this.redis.hasKey(this.queue)).isFalse();
		this.redis.delete(this.lock);
	}

	@Test
	void whenTheStateHoldsAnotherTypeThenRefusedAndUntouched() {
		this.process.granted(this.former);
		this.redis.delete(this.state);
		this.redis.opsForValue().set(this.state, "x");
		refused();
		assertThat(this.redis.opsForValue().get(this.state)).isEqualTo("x");
		assertHolder(this.former);
		this.redis.delete(this.state);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheQueueHoldsAnotherTypeThenRefusedAndUntouched(boolean owned) {
		if (owned) {
			this.process.granted(this.former);
		}
		this.redis.opsForValue().set(this.queue, "x");
		refused();
		assertThat(this.redis.opsForValue().get(this.queue)).isEqualTo("x");
		assertThat(holder()).isEqualTo(owned ? this.former.toString() : null);
		this.redis.delete(this.queue);
	}

	@Test
	void whenTheLockHoldsATextForEverThenTheLossIsToldAndNothingIsTaken() {
		this.process.granted(this.former);
		this.redis.opsForValue().set(this.lock, "somebody else's");
		YieldAnswer answer = this.process.yield(this.former, this.token, true);
		assertThat(answer.released()).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(answer.acquired()).isNull();
		assertThat(holder()).isEqualTo("somebody else's");
		assertThat(waiters()).isEmpty();
		assertThat(this.process.release(this.former)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		this.redis.delete(this.lock);
	}

	@Test
	void whenGrantedThenAsManyFencingTokensAsAskedForAreKeptFree() {
		long first = granted(this.former, RESERVE);
		assertThat(last()).isEqualTo(first + RESERVE);
		assertThat(granted(this.former, RESERVE)).isEqualTo(first);
		long second = QueueProcess
			.granted(this.process.yield(this.former, this.token, QueueProcess.WAIT, 3, false).acquired());
		assertThat(second).isGreaterThan(first + RESERVE);
		assertThat(last()).isEqualTo(second + 3);
		assertThat(QueueProcess.granted(this.process.acquire(this.token, QueueProcess.LEASE, QueueProcess.WAIT, 3)))
			.isEqualTo(second);
		this.process.release(this.token);
		assertThat(this.process.granted(this.process.next())).isGreaterThan(second + 3);
	}

	@Test
	void whenTheServersClockIsBehindThenReservedOnesAreOutgrownAllTheSame() {
		long future = 8_999_999_999_999_000L;
		this.redis.opsForHash().put(this.state, "last", Long.toString(future));
		assertThat(granted(this.former, RESERVE)).isEqualTo(future + 1);
		YieldAnswer answer = this.process.yield(this.former, this.token, QueueProcess.WAIT, RESERVE, true);
		assertThat(QueueProcess.granted(answer.acquired())).isEqualTo(future + 1 + RESERVE + 1);
	}

	@Test
	void whenHandedOverThenTheWaitersOwnReserveIsKeptFree() {
		long future = 8_999_999_999_999_000L;
		this.redis.opsForHash().put(this.state, "last", Long.toString(future));
		granted(this.former, RESERVE);
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.acquire(waiter, QueueProcess.LEASE, QueueProcess.WAIT, 5);
		this.process.yield(this.former, this.token, QueueProcess.WAIT, RESERVE, false);
		assertThat(other.wakeUp().fencingToken()).isEqualTo(future + 1 + RESERVE + 1);
		assertThat(last()).isEqualTo(future + 1 + RESERVE + 1 + 5);
		AcquireAnswer again = other.acquire(waiter, QueueProcess.LEASE, QueueProcess.WAIT, 5);
		assertThat(QueueProcess.granted(again)).isEqualTo(future + 1 + RESERVE + 1);
		other.release(waiter);
		assertHolder(this.token);
		assertThat(last()).isEqualTo(future + 1 + RESERVE + 1 + 5 + 1 + RESERVE);
	}

	private long granted(OwnerToken owner, int reserve) {
		return QueueProcess.granted(this.process.acquire(owner, QueueProcess.LEASE, Duration.ZERO, reserve));
	}

	private long last() {
		return Long.parseLong(String.valueOf(this.redis.opsForHash().get(this.state, "last")));
	}

	private void assertGranted(YieldAnswer answer, ReleaseAnswer released) {
		assertThat(answer.released()).isEqualTo(released);
		QueueProcess.granted(answer.acquired());
		assertHolder(this.token);
		assertThat(remaining(this.state)).isGreaterThan(Duration.ofMinutes(10));
	}

	private void refused() {
		for (boolean ahead : new boolean[] { true, false }) {
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> this.process.yield(this.former, this.token, ahead))
				.havingCause()
				.isInstanceOfSatisfying(LockStoreException.class, (ex) -> {
					assertThat(ex.isTransient()).isFalse();
					assertThat(ex.key()).isEqualTo(this.key);
				});
		}
	}

}
