/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That fencing tokens grow, and what the loss of the lock's state costs.
 */
class QueueFencingIntegrationTests extends AbstractQueueTests {

	private final QueueProcess process = deaf("a");

	private final OwnerToken token = this.process.next();

	private final QueueProcess next = deaf("next");

	private final OwnerToken waiter = this.next.next();

	QueueFencingIntegrationTests() {
		super(Driver.LETTUCE);
	}

	@Test
	void whenAcquiredAgainThenGreater() {
		List<QueueProcess> processes = List.of(this.process, deaf("b"), deaf("c"));
		long last = 0;
		for (int i = 0; i < 300; i++) {
			QueueProcess next = processes.get(i % 3);
			OwnerToken token = next.next();
			last = assertGreater(next.granted(token), last);
			next.release(token);
		}
	}

	@Test
	void whenHandedOverThenGreater() {
		List<QueueProcess> processes = List.of(listening("b"), listening("c"));
		long last = this.process.granted(this.token);
		OwnerToken first = processes.get(0).next();
		processes.get(0).queue(first);
		OwnerToken second = processes.get(1).next();
		processes.get(1).queue(second);
		this.process.release(this.token);
		last = assertGreater(processes.get(0).wakeUp().fencingToken(), last);
		processes.get(0).release(first);
		last = assertGreater(processes.get(1).wakeUp().fencingToken(), last);
		processes.get(1).release(second);
		assertGreater(this.process.granted(this.process.next()), last);
	}

	@Test
	void whenTheLockWasDeletedOrRanOutThenGreater() {
		long last = this.process.granted(this.process.next());
		this.redis.delete(this.lock);
		last = assertGreater(this.process.granted(this.process.next()), last);
		this.redis.expire(this.lock, Duration.ofMillis(1));
		Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> holder() == null);
		assertGreater(this.process.granted(this.process.next()), last);
	}

	@Test
	void whenEverythingWasFlushedThenGreater() {
		try (TestRedis own = TestRedis.start()) {
			StringRedisTemplate template = own.template();
			QueueProcess other = new QueueProcess(own.connect(Driver.LETTUCE), "x:1", this.key);
			long last = other.granted(other.next());
			template.execute((RedisConnection connection) -> {
				connection.serverCommands().flushAll();
				return null;
			});
			assertGreater(other.granted(other.next()), last);
		}
	}

	@Test
	void whenTheServersClockIsBehindThenStillGreaterAndNoDigitIsLost() {
		long future = 8_999_999_999_999_990L;
		this.redis.opsForHash().put(this.state, "last", Long.toString(future));
		for (int i = 1; i < 9; i++) {
			OwnerToken token = this.process.next();
			assertThat(this.process.granted(token)).isEqualTo(future + i);
			assertThat(this.process.granted(token)).isEqualTo(future + i);
			assertThat(this.redis.opsForHash().get(this.state, "last")).isEqualTo(Long.toString(future + i));
			this.process.release(token);
		}
	}

	@Test
	void whenFirstThenTheServersMicroseconds() {
		long fencingToken = this.process.granted(this.process.next());
		assertThat(Long.toString(fencingToken)).hasSize(16);
		assertThat(this.redis.opsForHash().get(this.state, "last")).isEqualTo(Long.toString(fencingToken));
	}

	@Test
	void whenTheStateIsEvictedWhileHeldThenTheLockStands() {
		long before = this.process.granted(this.token);
		this.redis.delete(this.state);
		assertThat(this.process.renew(this.token, QueueProcess.LEASE)).isEqualTo(RenewAnswer.RENEWED);
		long after = assertGreater(this.process.granted(this.token), before - 1);
		assertThat(this.process.granted(this.token)).isEqualTo(after);
		assertThat(remaining(this.state)).isGreaterThan(Duration.ofMinutes(10));
		this.redis.delete(this.state);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		assertThat(remaining(this.state)).isPositive();
		assertGreater(this.process.granted(this.process.next()), after);
	}

	@Test
	void whenTheStateIsEvictedThenWaitersComeBackByAskingAgain() {
		heldAndAwaited();
		this.redis.delete(this.state);
		comesBackByAskingAgain();
	}

	@Test
	void whenTheQueueIsEvictedThenWaitersComeBackByAskingAgain() {
		heldAndAwaited();
		this.redis.delete(this.queue);
		comesBackByAskingAgain();
	}

	@Test
	void whenTheStateIsEvictedThenWaitersOfAReleaseAreForgottenOnlyOnce() {
		heldAndAwaited();
		this.redis.delete(this.state);
		this.process.release(this.token);
		assertThat(waiters()).isEmpty();
		QueueProcess.granted(this.next.queue(this.waiter));
	}

	private void heldAndAwaited() {
		this.process.granted(this.token);
		this.next.listening(this.redis);
		this.next.queue(this.waiter);
	}

	private void comesBackByAskingAgain() {
		assertHeldBy(this.next.queue(this.waiter), this.token);
		assertThat(waiters()).containsExactly(this.waiter.toString());
		this.process.release(this.token);
		assertThat(this.next.wakeUp().token()).isEqualTo(this.waiter);
	}

	private static long assertGreater(long next, long last) {
		assertThat(next).isGreaterThan(last);
		return next;
	}

}
