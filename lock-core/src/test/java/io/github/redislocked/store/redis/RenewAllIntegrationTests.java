/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TcpProxy;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Renewals that are sent together: what they cost, and what each is answered.
 */
class RenewAllIntegrationTests {

	private static final int LEASES = 200;

	private static final Duration DELAY = Duration.ofMillis(25);

	private final TestRedis server = TestRedis.start();

	private final TcpProxy proxy = new TcpProxy(this.server.port());

	private final StringRedisTemplate redis = this.server.template();

	@AfterEach
	void stop() throws Exception {
		this.proxy.close();
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,queue", "JEDIS,queue", "LETTUCE,getset", "JEDIS,getset" })
	void whenSentTogetherThenOneCommandEachAndNoneWaitsForAnother(Driver driver, String protocol) {
		LockStore store = store(driver, protocol);
		List<RenewRequest> requests = acquired(store, LEASES);
		assertThat(answers(store, requests.subList(0, 1))).containsExactly(RenewAnswer.RENEWED);
		TestRedis.resetStatistics(this.redis);
		this.proxy.delay(DELAY);
		long start = System.nanoTime();
		assertThat(answers(store, requests)).hasSize(LEASES).containsOnly(RenewAnswer.RENEWED);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DELAY.multipliedBy(LEASES / 2));
		assertThat(TestRedis.calls(this.redis, "evalsha")).isEqualTo(LEASES);
		assertThat(TestRedis.calls(this.redis, "eval")).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,queue", "JEDIS,queue", "LETTUCE,getset", "JEDIS,getset" })
	void whenTheScriptIsNotKnownThenEachIsRenewedAllTheSame(Driver driver, String protocol) {
		LockStore store = store(driver, protocol);
		List<RenewRequest> requests = acquired(store, LEASES);
		flushScripts();
		TestRedis.resetStatistics(this.redis);
		this.proxy.delay(DELAY);
		long start = System.nanoTime();
		assertThat(answers(store, requests)).hasSize(LEASES).containsOnly(RenewAnswer.RENEWED);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DELAY.multipliedBy(LEASES / 2));
		assertThat(TestRedis.calls(this.redis, "evalsha") + TestRedis.calls(this.redis, "eval"))
			.isBetween((long) LEASES, 2L * LEASES);
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,queue,true", "JEDIS,queue,true", "LETTUCE,getset,true", "JEDIS,getset,true",
			"LETTUCE,queue,false", "JEDIS,queue,false" })
	void whenSomeAreLostOrRefusedThenEachHasAnAnswerOfItsOwn(Driver driver, String protocol, boolean known) {
		LockStore store = store(driver, protocol);
		List<RenewRequest> requests = acquired(store, 20);
		answers(store, requests);
		store.release(requests.get(3).key(), requests.get(3).token()).toCompletableFuture().join();
		String refused = protocol.equals("queue") ? "redis-lock:{k7}" : GetSetKeys.COMPANION + "{k7}";
		this.redis.delete(refused);
		this.redis.opsForSet().add(refused, "no lock");
		if (!known) {
			flushScripts();
		}
		List<CompletionStage<RenewAnswer>> answers = store.renewAll(requests);
		LockStoreException failure = failure(answers.get(7));
		assertThat(failure.key()).isEqualTo(requests.get(7).key());
		assertThat(failure.isTransient()).isFalse();
		for (int i = 0; i < answers.size(); i++) {
			if (i != 7) {
				assertThat(answers.get(i).toCompletableFuture().join())
					.isEqualTo((i == 3) ? RenewAnswer.NOT_OWNED : RenewAnswer.RENEWED);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,queue", "JEDIS,queue" })
	void whenTheServerIsGoneThenEachFailsAndMayPass(Driver driver, String protocol) {
		LockStore store = store(driver, protocol);
		List<RenewRequest> requests = acquired(store, 20);
		this.server.close();
		for (CompletionStage<RenewAnswer> answer : store.renewAll(requests)) {
			assertThat(failure(answer)).satisfies((ex) -> assertThat(ex.isTransient()).as(ex.getMessage()).isTrue());
		}
	}

	private LockStore store(Driver driver, String protocol) {
		Duration timeout = Duration.ofSeconds(2);
		return protocol.equals("queue")
				? new QueueLockStore(driver.connect(this.proxy.port(), timeout), "redis-lock:", Duration.ofMinutes(10))
				: new GetSetLockStore(driver.connect(RestrictedUser.configurationForGetSet(this.proxy.port()), timeout),
						"", Duration.ofMinutes(10));
	}

	private static List<RenewRequest> acquired(LockStore store, int count) {
		String process = "test:" + UUID.randomUUID();
		List<RenewRequest> requests = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			OwnerToken token = new OwnerToken(process, i + 1);
			assertThat(store.acquire(new AcquireRequest("k" + i, token, Duration.ofSeconds(30), Duration.ZERO, 0))
				.toCompletableFuture()
				.join()).isInstanceOf(AcquireAnswer.Granted.class);
			requests.add(new RenewRequest("k" + i, token, Duration.ofSeconds(60)));
		}
		return requests;
	}

	private static List<RenewAnswer> answers(LockStore store, List<RenewRequest> requests) {
		return store.renewAll(requests).stream().map((answer) -> answer.toCompletableFuture().join()).toList();
	}

	private static LockStoreException failure(CompletionStage<RenewAnswer> answer) {
		CompletableFuture<RenewAnswer> future = answer.toCompletableFuture();
		CompletionException ex = catchThrowableOfType(CompletionException.class, future::join);
		assertThat(ex).cause().isInstanceOf(LockStoreException.class);
		return (LockStoreException) ex.getCause();
	}

	private void flushScripts() {
		this.redis.execute((RedisConnection connection) -> {
			connection.scriptingCommands().scriptFlush();
			return true;
		});
	}

}
