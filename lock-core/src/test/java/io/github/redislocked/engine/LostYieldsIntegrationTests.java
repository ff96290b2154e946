/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TcpProxy;
import io.github.redislocked.testing.TcpProxy.Fate;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of yields that Redis carried out, and whose replies nobody received.
 */
class LostYieldsIntegrationTests {

	private static final String LOCK = "redis-lock:{k}";

	private static final int ROUNDS = 5;

	private final TestRedis server = TestRedis.start();

	private final StringRedisTemplate redis = this.server.template();

	private final TcpProxy proxy = new TcpProxy(this.server.port());

	@AfterEach
	void stop() throws Exception {
		this.proxy.close();
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,LOSE_THEN_FIN", "LETTUCE,LOSE_THEN_RST", "JEDIS,LOSE_THEN_FIN", "JEDIS,LOSE_THEN_RST" })
	void whenTheReplyIsLostThenReleasedAndTheNextOneIsInside(Driver driver, Fate fate) throws Exception {
		try (LockEngine engine = engine(driver)) {
			for (int round = 0; round < ROUNDS; round++) {
				Lease first = engine.acquire(spec());
				CompletableFuture<Lease> next = engine.acquireAsync(spec()).toCompletableFuture();
				this.proxy.fate(fate);
				first.close();
				Lease second = next.get(10, TimeUnit.SECONDS);
				assertThat(this.proxy.lost()).isEqualTo(round + 1);
				assertThat(second.isHeld()).isTrue();
				assertThat(second.ownerToken()).isNotEqualTo(first.ownerToken());
				assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
				assertThat(this.redis.opsForValue().get(LOCK)).isEqualTo(second.ownerToken());
				Awaitility.await().until(() -> engine.parts().closings().isIdle());
				assertThat(second.isHeld()).isTrue();
				second.close();
				assertNothingIsLeft(engine);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE", "JEDIS" })
	void whenTheReplyIsLostAndAnotherProcessWaitsThenBothGetTheirTurn(Driver driver) throws Exception {
		try (LockEngine engine = engine(driver);
				LockEngine other = new LockEngine(TestEngines.store(this.server.connect(driver)),
						TestEngines.SETTINGS)) {
			Lease first = engine.acquire(spec());
			CompletableFuture<Lease> elsewhere = other.acquireAsync(spec()).toCompletableFuture();
			TestRedis.awaitWaiters(this.redis, "k", 1);
			CompletableFuture<Lease> next = engine.acquireAsync(spec()).toCompletableFuture();
			this.proxy.fate(Fate.LOSE_THEN_RST);
			first.close();
			Lease second = elsewhere.get(10, TimeUnit.SECONDS);
			assertThat(next).isNotDone();
			second.close();
			Lease third = next.get(10, TimeUnit.SECONDS);
			assertThat(third.fencingToken()).isGreaterThan(second.fencingToken());
			third.close();
			assertThat(this.proxy.lost()).isOne();
			assertNothingIsLeft(engine);
			assertNothingIsLeft(other);
		}
	}

	private LockEngine engine(Driver driver) throws InterruptedException {
		LockEngine engine = new LockEngine(TestEngines.store(driver.connect(this.proxy.port(), Duration.ofSeconds(10))),
				TestEngines.with(LocalHandover.NONE));
		engine.acquire(spec()).close();
		// Each kind of caller has its connection before a reply is lost.
		engine.acquireAsync(spec()).toCompletableFuture().join().close();
		return engine;
	}

	private void assertNothingIsLeft(LockEngine engine) {
		Awaitility.await().pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
			assertThat(this.redis.keys(LOCK + "*")).allMatch((name) -> name.endsWith(":fence"));
			assertThat(engine.parts().queues().size()).isZero();
			assertThat(engine.parts().held().isEmpty()).isTrue();
			assertThat(engine.parts().closings().isIdle()).isTrue();
		});
	}

	private static LockSpec spec() {
		return LockSpec.of("k").timeout(Duration.ofSeconds(20));
	}

}
