/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUp;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets a free lock, and how it is told.
 */
abstract class AbstractQueueOrderTests extends AbstractQueueTests {

	private static final Duration CLAIM = Duration.ofSeconds(1);

	private final QueueProcess holder = deaf("holder");

	private final OwnerToken held = this.holder.next();

	AbstractQueueOrderTests(Driver driver) {
		super(driver);
	}

	@BeforeEach
	void hold() {
		this.holder.granted(this.held);
	}

	@Test
	void whenManyWaitThenEachIsServedInItsTurn() {
		List<QueueProcess> processes = List.of(listening("z"), listening("b"), listening("a"));
		List<OwnerToken> tokens = queued(processes);
		assertThat(waiters()).containsExactlyElementsOf(tokens.stream().map(OwnerToken::toString).toList());
		this.holder.release(this.held);
		for (int i = 0; i < processes.size(); i++) {
			WakeUp wakeUp = processes.get(i).wakeUp();
			assertThat(wakeUp.token()).isEqualTo(tokens.get(i));
			assertHolder(tokens.get(i));
			assertThat(processes.get(i).release(tokens.get(i))).isEqualTo(ReleaseAnswer.RELEASED);
		}
		assertThat(holder()).isNull();
		assertThat(processes).noneMatch(QueueProcess::hasWakeUp);
	}

	@Test
	void whenManyArriveInOneMicrosecondThenTheirPlacesDiffer() {
		double future = 4e15;
		this.redis.opsForZSet().add(this.queue, "somebody:1", future);
		List<OwnerToken> tokens = queued(List.of(deaf("z"), deaf("b"), deaf("a")));
		assertThat(waiters()).startsWith("somebody:1").endsWith(tokens.get(2).toString()).hasSize(4);
		assertThat(this.redis.opsForZSet().score(this.queue, tokens.get(2).toString())).isEqualTo(future + 3);
	}

	@Test
	void whenHandedOverThenTheWakeUpTellsEverything() {
		QueueProcess next = listening("next");
		OwnerToken token = next.next();
		next.queue(token);
		this.holder.release(this.held);
		WakeUp wakeUp = next.wakeUp();
		assertThat(wakeUp.key()).isEqualTo(this.key);
		assertThat(wakeUp.token()).isEqualTo(token);
		assertThat(wakeUp.claim()).isEqualTo(CLAIM);
		assertThat(wakeUp.storeMicros()).isBetween(wakeUp.fencingToken() - 1_000_000, wakeUp.fencingToken());
		assertThat(remaining(this.lock)).isLessThanOrEqualTo(CLAIM);
		assertThat(next.granted(token)).isEqualTo(wakeUp.fencingToken());
		assertThat(remaining(this.lock)).isGreaterThan(QueueProcess.LEASE.minusSeconds(5));
		assertThat(waiters()).isEmpty();
		assertThat(this.redis.opsForHash().hasKey(this.state, "wait:" + token)).isFalse();
	}

	@Test
	void whenHandedOverThenARenewalLiftsTheClaim() {
		QueueProcess next = listening("next");
		OwnerToken token = next.next();
		next.queue(token);
		this.holder.release(this.held);
		assertThat(next.renew(token, QueueProcess.LEASE)).isEqualTo(RenewAnswer.RENEWED);
		assertThat(remaining(this.lock)).isGreaterThan(QueueProcess.LEASE.minusSeconds(5));
	}

	@Test
	void whenTheLeaseIsShorterThanTheClaimThenTheClaimIsNoLonger() {
		QueueProcess next = listening("next");
		next.acquire(next.next(), Duration.ofMillis(300), QueueProcess.WAIT);
		this.holder.release(this.held);
		assertThat(next.wakeUp().claim()).isEqualTo(Duration.ofMillis(300));
		assertThat(remaining(this.lock)).isLessThanOrEqualTo(Duration.ofMillis(300));
	}

	@Test
	void whenAWaitersDeadlineHasPassedThenItIsSkippedAndForgotten() {
		QueueProcess dead = listening("dead");
		OwnerToken late = dead.next();
		dead.acquire(late, QueueProcess.LEASE, Duration.ofMillis(30));
		QueueProcess next = listening("next");
		OwnerToken token = next.next();
		next.queue(token);
		long after = System.nanoTime() + 40_000_000;
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() - after > 0);
		this.holder.release(this.held);
		assertHolder(token);
		assertThat(dead.hasWakeUp()).isFalse();
		assertThat(waiters()).isEmpty();
		assertThat(this.redis.opsForHash().hasKey(this.state, "wait:" + late)).isFalse();
	}

	@Test
	void whenAWaiterHasNoReceiverThenItIsPassedOverButKeepsItsPlace() {
		QueueProcess deaf = deaf("deaf");
		OwnerToken first = deaf.next();
		deaf.queue(first);
		QueueProcess next = listening("next");
		OwnerToken second = next.next();
		next.queue(second);
		this.holder.release(this.held);
		assertHolder(second);
		assertThat(waiters()).containsExactly(first.toString());
		next.release(second);
		assertHolder(first);
		assertThat(remaining(this.lock)).isLessThanOrEqualTo(CLAIM);
	}

	@Test
	void whenNobodyHasAReceiverThenTheHeadGetsTheClaim() {
		List<QueueProcess> deaf = List.of(deaf("z"), deaf("a"));
		List<OwnerToken> tokens = queued(deaf);
		this.holder.release(this.held);
		assertHolder(tokens.get(0));
		assertThat(remaining(this.lock)).isLessThanOrEqualTo(CLAIM);
		assertThat(waiters()).containsExactly(tokens.get(1).toString());
		assertHeldBy(deaf.get(1).queue(tokens.get(1)), tokens.get(0));
		deaf.get(0).granted(tokens.get(0));
		assertThat(remaining(this.lock)).isGreaterThan(QueueProcess.LEASE.minusSeconds(5));
	}

	@Test
	void whenSomebodyWaitsThenANewcomerDoesNotBarge() {
		QueueProcess next = listening("next");
		OwnerToken token = next.next();
		next.queue(token);
		this.redis.delete(this.lock);
		QueueProcess newcomer = listening("newcomer");
		OwnerToken late = newcomer.next();
		assertHeldBy(newcomer.queue(late), token);
		assertThat(next.wakeUp().token()).isEqualTo(token);
		assertThat(waiters()).containsExactly(late.toString());
		assertThat(remaining(this.lock)).isLessThanOrEqualTo(CLAIM);
	}

	@Test
	void whenTheHeadAsksThenItHasTheFreeLockForTheWholeLease() {
		QueueProcess next = listening("next");
		OwnerToken token = next.next();
		next.queue(token);
		this.redis.delete(this.lock);
		QueueProcess.granted(next.queue(token));
		assertThat(remaining(this.lock)).isGreaterThan(QueueProcess.LEASE.minusSeconds(5));
		assertThat(waiters()).isEmpty();
		assertThat(next.hasWakeUp()).isFalse();
	}

	@Test
	void whenTheSecondAsksThenOnlyADeafFirstIsOvertaken() {
		List<QueueProcess> processes = List.of(deaf("deaf"), deaf("second"), listening("third"));
		List<OwnerToken> tokens = queued(processes);
		this.redis.delete(this.lock);
		QueueProcess.granted(processes.get(1).queue(tokens.get(1)));
		this.redis.delete(this.lock);
		assertHeldBy(processes.get(0).acquire(this.holder.next()), tokens.get(2));
		assertThat(waiters()).containsExactly(tokens.get(0).toString());
	}

	@Test
	void whenALockHasRunOutThenItsLateReleaseWakesTheNext() {
		QueueProcess next = listening("next");
		OwnerToken token = next.next();
		next.queue(token);
		this.redis.delete(this.lock);
		assertThat(this.holder.release(this.held)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(next.wakeUp().token()).isEqualTo(token);
		assertHolder(token);
	}

	@Test
	void whenAWaiterGivesUpThenItsGrantGoesToTheNext() {
		List<QueueProcess> processes = List.of(listening("first"), listening("second"));
		List<OwnerToken> tokens = queued(processes);
		this.holder.release(this.held);
		assertHolder(tokens.get(0));
		assertThat(processes.get(0).cancel(tokens.get(0))).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(processes.get(1).wakeUp().token()).isEqualTo(tokens.get(1));
		assertHolder(tokens.get(1));
		assertThat(processes.get(0).cancel(tokens.get(0))).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertHolder(tokens.get(1));
	}

	@Test
	void whenAWaiterGivesUpAtAFreeLockThenTheNextHasIt() {
		List<QueueProcess> processes = List.of(listening("first"), listening("second"));
		List<OwnerToken> tokens = queued(processes);
		this.redis.delete(this.lock);
		assertThat(processes.get(0).cancel(tokens.get(0))).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertHolder(tokens.get(1));
	}

	@Test
	void whenAWaiterWaitsLongThenItsPlaceAndTermsLastAsLong() {
		QueueProcess next = deaf("next");
		next.acquire(next.next(), QueueProcess.LEASE, Duration.ofHours(1));
		assertThat(remaining(this.queue)).isGreaterThan(Duration.ofHours(1));
		assertThat(remaining(this.state)).isGreaterThan(Duration.ofHours(1));
	}

	private static List<OwnerToken> queued(List<QueueProcess> processes) {
		List<OwnerToken> tokens = new ArrayList<>();
		for (QueueProcess process : processes) {
			tokens.add(process.next());
			process.queue(tokens.get(tokens.size() - 1));
		}
		return tokens;
	}

}
