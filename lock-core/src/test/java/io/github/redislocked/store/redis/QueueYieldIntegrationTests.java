/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.Map;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.YieldAnswer;
import io.github.redislocked.testing.Driver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets the lock when a process gives it up and asks for it in one command, and what a
 * repeated or late copy of that command does.
 */
class QueueYieldIntegrationTests extends AbstractQueueTests {

	private static final Duration CLAIM = Duration.ofSeconds(1);

	private final QueueProcess process = deaf("a");

	private final OwnerToken former = this.process.next();

	private final OwnerToken token = this.process.next();

	QueueYieldIntegrationTests() {
		super(Driver.LETTUCE);
	}

	@BeforeEach
	void hold() {
		this.process.granted(this.former);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenNobodyWaitsThenKept(boolean ahead) {
		this.redis.expire(this.lock, Duration.ofSeconds(5));
		assertGranted(this.process.yield(this.former, this.token, ahead), ReleaseAnswer.RELEASED);
		assertThat(remaining(this.lock)).isBetween(Duration.ofSeconds(20), QueueProcess.LEASE);
		assertThat(remaining(this.state)).isGreaterThan(Duration.ofMinutes(10));
		assertThat(waiters()).isEmpty();
		assertThat(this.process.release(this.former)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertHolder(this.token);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(holder()).isNull();
	}

	@Test
	void whenAnotherProcessWaitsThenHandedOverAndQueuedBehind() {
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		YieldAnswer answer = this.process.yield(this.former, this.token, false);
		assertThat(answer.released()).isEqualTo(ReleaseAnswer.RELEASED);
		assertHeldBy(answer.acquired(), waiter);
		assertThat(other.wakeUp().token()).isEqualTo(waiter);
		assertThat(remaining(this.lock)).isLessThanOrEqualTo(CLAIM);
		assertThat(waiters()).containsExactly(this.token.toString());
		assertThat(other.release(waiter)).isEqualTo(ReleaseAnswer.RELEASED);
		assertHolder(this.token);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@Test
	void whenAheadThenKeptAndTheWaiterIsNext() {
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		assertGranted(this.process.yield(this.former, this.token, true), ReleaseAnswer.RELEASED);
		assertThat(remaining(this.lock)).isGreaterThan(Duration.ofSeconds(20));
		assertThat(waiters()).containsExactly(waiter.toString());
		assertThat(other.hasWakeUp()).isFalse();
		this.process.release(this.token);
		assertThat(other.wakeUp().token()).isEqualTo(waiter);
		assertThat(other.release(waiter)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@Test
	void whenTheOnlyWaiterIsDeafThenItGetsTheClaim() {
		QueueProcess other = deaf("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		assertHeldBy(this.process.yield(this.former, this.token, false).acquired(), waiter);
		assertThat(remaining(this.lock)).isLessThanOrEqualTo(CLAIM);
		QueueProcess.granted(other.queue(waiter));
	}

	@Test
	void whenTheWaitersDeadlineHasPassedThenKept() {
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		this.redis.opsForHash().put(this.state, "wait:" + waiter, "1000000 30000 0");
		assertGranted(this.process.yield(this.former, this.token, false), ReleaseAnswer.RELEASED);
		assertThat(waiters()).isEmpty();
		assertThat(this.redis.opsForHash().hasKey(this.state, "wait:" + waiter)).isFalse();
	}

	@Test
	void whenTheCallerDoesNotWaitThenItsAttemptLeavesNothing() {
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		YieldAnswer answer = this.process.yield(this.former, this.token, Duration.ZERO, 0, false);
		assertThat(answer.released()).isEqualTo(ReleaseAnswer.RELEASED);
		assertHeldBy(answer.acquired(), waiter);
		assertThat(waiters()).isEmpty();
		assertThat(this.process.queue(this.token)).isInstanceOf(AcquireAnswer.Closed.class);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenRepeatedThenAsOnce(boolean ahead) {
		long fencingToken = granted(this.process.yield(this.former, this.token, QueueProcess.WAIT, 16, ahead));
		YieldAnswer again = this.process.yield(this.former, this.token, QueueProcess.WAIT, 16, ahead);
		assertThat(again.released()).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(granted(again)).isEqualTo(fencingToken);
		assertHolder(this.token);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenRepeatedAfterAHandOverThenAsOnce(boolean ahead) {
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		this.process.yield(this.former, this.token, false);
		Map<Object, Object> before = this.redis.opsForHash().entries(this.state);
		YieldAnswer again = this.process.yield(this.former, this.token, ahead);
		assertThat(again.released()).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertHeldBy(again.acquired(), waiter);
		assertThat(waiters()).containsExactly(this.token.toString());
		assertThat(this.redis.opsForHash().entries(this.state)).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenItComesAfterTheFormersReleaseThenAnAcquireOnly(boolean ahead) {
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		assertThat(this.process.release(this.former)).isEqualTo(ReleaseAnswer.RELEASED);
		YieldAnswer late = this.process.yield(this.former, this.token, ahead);
		assertThat(late.released()).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertHeldBy(late.acquired(), waiter);
		assertThat(other.wakeUp().token()).isEqualTo(waiter);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenItComesAfterTheCallersReleaseThenNothingIsTaken(boolean ahead) {
		granted(this.process.yield(this.former, this.token, ahead));
		this.process.release(this.token);
		YieldAnswer late = this.process.yield(this.former, this.token, ahead);
		assertThat(late.released()).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(late.acquired()).isInstanceOf(AcquireAnswer.Closed.class);
		assertThat(holder()).isNull();
		assertThat(waiters()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenItComesAfterTheCallersCancelThenReleasedAndHandedOver(boolean ahead) {
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		assertThat(this.process.cancel(this.token)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		YieldAnswer late = this.process.yield(this.former, this.token, ahead);
		assertThat(late.released()).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(late.acquired()).isInstanceOf(AcquireAnswer.Closed.class);
		assertHolder(waiter);
		assertThat(other.wakeUp().token()).isEqualTo(waiter);
		assertThat(waiters()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheCallerHasAskedByItselfMeanwhileThenItsPlaceIsGone(boolean ahead) {
		this.process.listening(this.redis);
		assertHeldBy(this.process.queue(this.token), this.former);
		QueueProcess other = listening("other");
		OwnerToken waiter = other.next();
		other.queue(waiter);
		YieldAnswer late = this.process.yield(this.former, this.token, ahead);
		assertGranted(late, ReleaseAnswer.RELEASED);
		assertThat(remaining(this.lock)).isGreaterThan(CLAIM);
		assertThat(waiters()).containsExactly(waiter.toString());
		assertThat(this.redis.opsForHash().hasKey(this.state, "wait:" + this.token)).isFalse();
		this.process.release(this.token);
		assertHolder(waiter);
	}

	private void assertGranted(YieldAnswer answer, ReleaseAnswer released) {
		assertThat(answer.released()).isEqualTo(released);
		granted(answer);
		assertHolder(this.token);
	}

	private static long granted(YieldAnswer answer) {
		return QueueProcess.granted(answer.acquired());
	}

}
