/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each script answers, and what a repetition of it does.
 */
abstract class AbstractQueueVerbsTests extends AbstractQueueTests {

	private static final Duration ALMOST_LEASE = QueueProcess.LEASE.minusSeconds(5);

	private final QueueProcess process = deaf("a");

	private final QueueProcess other = deaf("b");

	private final OwnerToken token = this.process.next();

	AbstractQueueVerbsTests(Driver driver) {
		super(driver);
	}

	@Test
	void whenFreeThenGrantedForTheWholeLease() {
		assertThat(this.process.acquire(this.token)).isInstanceOfSatisfying(AcquireAnswer.Granted.class,
				(granted) -> assertThat(granted.lease()).isEqualTo(QueueProcess.LEASE));
		assertHolder(this.token);
		assertThat(remaining(this.lock)).isBetween(ALMOST_LEASE, QueueProcess.LEASE);
		assertThat(remaining(this.state)).isGreaterThan(Duration.ofMinutes(10));
		assertThat(waiters()).isEmpty();
	}

	@Test
	void whenAcquireIsRepeatedThenSameFencingTokenAndAFullLease() {
		long fencingToken = this.process.granted(this.token);
		this.redis.expire(this.lock, Duration.ofSeconds(5));
		assertThat(this.process.granted(this.token)).isEqualTo(fencingToken);
		assertThat(remaining(this.lock)).isGreaterThan(ALMOST_LEASE);
	}

	@Test
	void whenAcquireIsRepeatedThenTheLeaseIsNeverShortened() {
		this.process.acquire(this.token, QueueProcess.LEASE.multipliedBy(2), Duration.ZERO);
		this.process.acquire(this.token);
		assertThat(remaining(this.lock)).isGreaterThan(QueueProcess.LEASE);
	}

	@Test
	void whenHeldThenTheHolderAndTheServersTimeAreAnswered() {
		this.process.acquire(this.token);
		long before = micros();
		assertThat(this.other.acquire(this.other.next())).isInstanceOfSatisfying(AcquireAnswer.Held.class, (held) -> {
			assertThat(held.holder()).isEqualTo(this.token.toString());
			assertThat(held.storeMicros()).isBetween(before, micros());
			assertThat(held.askAgainAfter()).isBetween(Duration.ofMillis(200), Duration.ofMillis(250));
		});
		assertThat(waiters()).isEmpty();
	}

	@Test
	void whenTheHoldersTimeIsNearlyOverThenToBeAskedAgainRightAfterIt() {
		this.process.acquire(this.token, Duration.ofMillis(150), Duration.ZERO);
		assertThat(this.other.queue(this.other.next())).isInstanceOfSatisfying(AcquireAnswer.Held.class,
				(held) -> assertThat(held.askAgainAfter()).isLessThanOrEqualTo(Duration.ofMillis(151)));
	}

	@Test
	void whenQueueingIsRepeatedThenPlaceAndTermsStay() {
		this.process.acquire(this.token);
		OwnerToken waiter = this.other.next();
		this.other.queue(waiter);
		Double place = this.redis.opsForZSet().score(this.queue, waiter.toString());
		Map<Object, Object> terms = this.redis.opsForHash().entries(this.state);
		assertThat(place).isNotNull();
		assertHeldBy(this.other.acquire(waiter, Duration.ofSeconds(1), Duration.ofHours(1)), this.token);
		assertThat(this.redis.opsForZSet().score(this.queue, waiter.toString())).isEqualTo(place);
		assertThat(this.redis.opsForHash().entries(this.state)).isEqualTo(terms).containsKey("wait:" + waiter);
		assertThat(waiters()).containsExactly(waiter.toString());
	}

	@Test
	void whenReleasedThenFreeAndARepetitionIsNoLoss() {
		this.process.acquire(this.token);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(holder()).isNull();
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		OwnerToken next = this.other.next();
		this.other.granted(next);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(this.process.cancel(this.token)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertHolder(next);
	}

	@Test
	void whenLostThenReleaseSaysSoHoweverOften() {
		this.process.acquire(this.token);
		this.redis.delete(this.lock);
		OwnerToken next = this.other.next();
		this.other.granted(next);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertHolder(next);
		assertThat(this.process.acquire(this.token)).isInstanceOf(AcquireAnswer.Closed.class);
	}

	@Test
	void whenTheLeaseRanOutThenReleaseSaysLost() {
		this.process.acquire(this.token, Duration.ofMillis(1), Duration.ZERO);
		Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> holder() == null);
		assertThat(this.process.renew(this.token, QueueProcess.LEASE)).isEqualTo(RenewAnswer.NOT_OWNED);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(holder()).isNull();
	}

	@Test
	void whenReleasedThenTheTokenIsClosedForGood() {
		this.process.acquire(this.token);
		this.process.release(this.token);
		assertThat(this.process.acquire(this.token)).isInstanceOf(AcquireAnswer.Closed.class);
		OwnerToken second = this.process.next();
		this.process.granted(second);
		this.process.release(second);
		assertThat(this.process.queue(this.token)).isInstanceOf(AcquireAnswer.Closed.class);
		this.other.granted(this.other.next());
		assertThat(this.process.queue(second)).isInstanceOf(AcquireAnswer.Closed.class);
		assertThat(waiters()).isEmpty();
	}

	@Test
	void whenAWaiterIsCancelledThenItsPlaceIsGone() {
		this.process.acquire(this.token);
		OwnerToken waiter = this.other.next();
		this.other.queue(waiter);
		assertThat(this.other.cancel(waiter)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(waiters()).isEmpty();
		assertThat(this.redis.opsForHash().hasKey(this.state, "wait:" + waiter)).isFalse();
		assertThat(this.other.cancel(waiter)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(this.other.queue(waiter)).isInstanceOf(AcquireAnswer.Closed.class);
		assertHolder(this.token);
	}

	@Test
	void whenAHolderIsCancelledThenReleased() {
		this.process.acquire(this.token);
		assertThat(this.process.cancel(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(holder()).isNull();
		assertThat(this.process.cancel(this.token)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(this.process.acquire(this.token)).isInstanceOf(AcquireAnswer.Closed.class);
	}

	@Test
	void whenACancelOvertakesItsAcquireThenNothingIsTaken() {
		assertThat(this.process.cancel(this.token)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(this.process.queue(this.token)).isInstanceOf(AcquireAnswer.Closed.class);
		assertThat(holder()).isNull();
	}

	@Test
	void whenRenewedThenAtLeastThatLong() {
		this.process.acquire(this.token);
		assertThat(this.process.renew(this.token, Duration.ofSeconds(90))).isEqualTo(RenewAnswer.RENEWED);
		assertThat(remaining(this.lock)).isBetween(Duration.ofSeconds(85), Duration.ofSeconds(90));
		assertThat(this.process.renew(this.token, Duration.ofSeconds(1))).isEqualTo(RenewAnswer.RENEWED);
		assertThat(remaining(this.lock)).isGreaterThan(Duration.ofSeconds(80));
		assertThat(remaining(this.state)).isGreaterThan(Duration.ofSeconds(85).plusMinutes(10));
	}

	@Test
	void whenNotTheOwnerThenNotRenewed() {
		this.process.acquire(this.token);
		assertThat(this.other.renew(this.other.next(), Duration.ofMinutes(5))).isEqualTo(RenewAnswer.NOT_OWNED);
		assertThat(remaining(this.lock)).isLessThanOrEqualTo(QueueProcess.LEASE);
		this.process.release(this.token);
		assertThat(this.process.renew(this.token, QueueProcess.LEASE)).isEqualTo(RenewAnswer.NOT_OWNED);
		assertThat(holder()).isNull();
	}

	@Test
	void whenNotTheOwnerThenNeitherReleasedNorCancelled() {
		this.process.acquire(this.token);
		assertThat(this.other.release(this.other.next())).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(this.other.cancel(this.other.next())).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertHolder(this.token);
	}

	@Test
	void whenAlmostNoTimeIsLeftThenItStillCountsAsWaiting() {
		this.process.granted(this.token);
		OwnerToken waiter = this.other.next();
		this.other.acquire(waiter, QueueProcess.LEASE, Duration.ofNanos(1));
		assertThat(waiters()).containsExactly(waiter.toString());
	}

	@Test
	void whenAnAttemptDoesNotWaitThenALateCopyOfItTakesNothing() {
		this.process.granted(this.token);
		OwnerToken attempt = this.other.next();
		assertHeldBy(this.other.acquire(attempt), this.token);
		this.process.release(this.token);
		assertThat(this.other.acquire(attempt)).isInstanceOf(AcquireAnswer.Closed.class);
		assertThat(holder()).isNull();
	}

	@Test
	void whenALateCopyQueuesALostTokenThenItsReleaseTakesItOut() {
		this.process.granted(this.token);
		this.redis.delete(this.lock);
		this.other.granted(this.other.next());
		this.process.queue(this.token);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(waiters()).isEmpty();
	}

	@Test
	void whenAnOlderTokenIsClosedLateThenTheNewerOneStaysClosed() {
		this.process.granted(this.token);
		OwnerToken second = this.process.next();
		this.process.queue(second);
		this.process.cancel(second);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(this.process.acquire(second)).isInstanceOf(AcquireAnswer.Closed.class);
		assertThat(holder()).isNull();
	}

	private long micros() {
		return this.redis.execute(
				RedisScript.of("local t = redis.call('TIME') return t[1] * 1000000 + t[2]", Long.class), List.of());
	}

}
