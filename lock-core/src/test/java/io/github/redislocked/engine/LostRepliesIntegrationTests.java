/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TcpProxy;
import io.github.redislocked.testing.TcpProxy.Fate;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of commands that Redis carried out, and whose replies nobody received.
 */
@Execution(ExecutionMode.CONCURRENT)
class LostRepliesIntegrationTests {

	private static final String LOCK = "redis-lock:{k}";

	private static final int ROUNDS = 10;

	@ParameterizedTest
	@CsvSource({ "LETTUCE,LOSE_THEN_FIN", "LETTUCE,LOSE_THEN_RST", "JEDIS,LOSE_THEN_FIN", "JEDIS,LOSE_THEN_RST" })
	void whenTheReplyToAnAcquireIsLostThenTheLockIsHadOnce(Driver driver, Fate fate) throws Exception {
		try (Network network = new Network(driver, Duration.ofSeconds(10))) {
			for (int round = 0; round < ROUNDS; round++) {
				network.proxy.fate(fate);
				Lease lease = network.engine.acquire(spec());
				assertThat(network.proxy.lost()).isEqualTo(round + 1);
				assertThat(lease.isHeld()).isTrue();
				assertThat(network.redis.opsForValue().get(LOCK)).isEqualTo(lease.ownerToken());
				lease.close();
				assertThat(network.redis.hasKey(LOCK)).isFalse();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,LOSE_THEN_FIN", "LETTUCE,LOSE_THEN_RST", "JEDIS,LOSE_THEN_FIN", "JEDIS,LOSE_THEN_RST" })
	void whenTheReplyToAReleaseIsLostThenItIsReleasedAndNotLost(Driver driver, Fate fate) throws Exception {
		try (Network network = new Network(driver, Duration.ofSeconds(10))) {
			for (int round = 0; round < ROUNDS; round++) {
				Lease lease = network.engine.acquire(spec());
				network.proxy.fate(fate);
				// A release that is replayed, or repeated, is not answered as lost.
				lease.close();
				assertThat(network.proxy.lost()).isEqualTo(round + 1);
				assertThat(lease.isHeld()).isFalse();
				Awaitility.await().until(() -> !network.redis.hasKey(LOCK));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,LOSE_THEN_FIN", "LETTUCE,LOSE_THEN_RST", "JEDIS,LOSE_THEN_FIN", "JEDIS,LOSE_THEN_RST" })
	void whenTheReplyToARenewIsLostThenTheLeaseIsHeld(Driver driver, Fate fate) throws Exception {
		try (Network network = new Network(driver, Duration.ofSeconds(10))) {
			for (int round = 0; round < ROUNDS; round++) {
				Lease lease = network.engine.acquire(spec().expire(Duration.ofSeconds(30)));
				network.proxy.fate(fate);
				try {
					lease.renew(Duration.ofSeconds(60));
				}
				catch (LockStoreException ex) {
					assertThat(ex.isTransient()).isTrue();
				}
				assertThat(network.proxy.lost()).isEqualTo(round + 1);
				assertThat(lease.isHeld()).isTrue();
				lease.renew(Duration.ofSeconds(60));
				assertThat(lease.remaining()).isGreaterThan(Duration.ofSeconds(45));
				lease.close();
				assertThat(network.redis.hasKey(LOCK)).isFalse();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,LOSE_THEN_FIN", "LETTUCE,LOSE_THEN_RST", "JEDIS,LOSE_THEN_FIN", "JEDIS,LOSE_THEN_RST" })
	void whenTheReplyToARenewalIsLostThenRenewedAllTheSame(Driver driver, Fate fate) throws Exception {
		try (Network network = new Network(driver, Duration.ofMillis(500))) {
			Lease lease = network.engine.acquire(spec().expire(Duration.ofSeconds(3)).renew(Renewal.ALWAYS));
			for (int round = 0; round < 3; round++) {
				network.proxy.fate(fate);
				int number = round + 1;
				Awaitility.await().until(() -> network.proxy.lost() == number);
				Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofMillis(2500)) > 0);
			}
			assertThat(lease.isHeld()).isTrue();
			lease.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE", "JEDIS" })
	void whenNoReplyComesThenRefusedInTimeAndNothingIsLeft(Driver driver) throws Exception {
		try (Network network = new Network(driver, Duration.ofMillis(300))) {
			network.proxy.fate(Fate.HOLD);
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> network.engine.acquire(spec().timeout(Duration.ofMillis(100))));
			Awaitility.await().until(() -> network.redis.hasKey(LOCK) || network.redis.hasKey(LOCK + ":fence"));
			network.proxy.fate(Fate.PASS);
			Awaitility.await().until(() -> !network.redis.hasKey(LOCK));
			network.engine.acquire(spec()).close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE", "JEDIS" })
	void whenNoReplyComesThroughTheLeaseThenLostAtItsEnd(Driver driver) throws Exception {
		try (Network network = new Network(driver, Duration.ofMillis(300))) {
			Lease lease = network.engine.acquire(spec().expire(Duration.ofMillis(1500)).renew(Renewal.ALWAYS));
			CountDownLatch told = new CountDownLatch(1);
			lease.onLost(told::countDown);
			network.proxy.fate(Fate.HOLD);
			assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(lease.remaining()).isZero();
			network.proxy.fate(Fate.PASS);
			Awaitility.await().until(() -> !network.redis.hasKey(LOCK));
		}
	}

	private static LockSpec spec() {
		return LockSpec.of("k").timeout(Duration.ofSeconds(5));
	}

	private static final class Network implements AutoCloseable {

		private final TestRedis server = TestRedis.start();

		private final StringRedisTemplate redis = this.server.template();

		private final TcpProxy proxy = new TcpProxy(this.server.port());

		private final LockEngine engine;

		Network(Driver driver, Duration commandTimeout) throws InterruptedException {
			this.engine = new LockEngine(TestEngines.store(driver.connect(this.proxy.port(), commandTimeout)),
					TestEngines.SETTINGS);
			this.engine.acquire(spec()).close();
		}

		@Override
		public void close() throws IOException {
			this.proxy.fate(Fate.PASS);
			this.engine.close();
			this.proxy.close();
			this.server.close();
		}

	}

}
