/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TcpProxy;
import io.github.redislocked.testing.TcpProxy.Fate;
import io.github.redislocked.testing.TestRedis;
import io.lettuce.core.api.StatefulConnection;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many leases that are due together, on connections that the application makes use of, or
 * that are slow, or break.
 */
@Execution(ExecutionMode.CONCURRENT)
class DueTogetherIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(3);

	private final TestRedis server = TestRedis.start();

	private final StringRedisTemplate redis = this.server.template();

	private final TcpProxy proxy = new TcpProxy(this.server.port());

	private final List<LockEngine> engines = new ArrayList<>();

	@AfterEach
	void stop() throws Exception {
		this.engines.forEach(LockEngine::close);
		this.proxy.close();
		this.server.close();
	}

	@Test
	void whenTheApplicationHasTakenTheWholePoolThenLeasesAreRenewed() throws Exception {
		LettuceConnectionFactory connections = pooled();
		List<Lease> leases = acquire(engine(connections), 300);
		List<RedisConnection> taken = new ArrayList<>();
		Thread waiting = new Thread(
				() -> new StringRedisTemplate(connections).opsForList().leftPop("nothing", Duration.ofSeconds(60)),
				"waiting");
		waiting.setDaemon(true);
		waiting.start();
		Awaitility.await().until(() -> blockedClients() == 1);
		while (take(connections, taken)) {
			assertThat(taken).hasSizeLessThan(8);
		}
		assertThat(taken).hasSizeGreaterThanOrEqualTo(6);
		assertLive(leases);
		this.redis.opsForList().leftPush("nothing", "something");
		taken.forEach(RedisConnection::close);
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenEachAnswerTakesItsTimeThenNotEachLeaseDoes(Driver driver) throws Exception {
		List<Lease> leases = acquire(engine(driver.connect(this.proxy.port())), 500);
		this.proxy.delay(Duration.ofMillis(25));
		assertLive(leases);
	}

	@ParameterizedTest
	@CsvSource({ "LETTUCE,LOSE_THEN_FIN", "LETTUCE,LOSE_THEN_RST", "JEDIS,LOSE_THEN_FIN", "JEDIS,LOSE_THEN_RST" })
	void whenAnswersAreLostThenTheRenewalsAreSentAgain(Driver driver, Fate fate) throws Exception {
		List<Lease> leases = acquire(engine(driver.connect(this.proxy.port(), Duration.ofMillis(500))), 100);
		for (int round = 1; round <= 3; round++) {
			int number = round;
			this.proxy.fate(fate);
			Awaitility.await().until(() -> this.proxy.lost() == number);
			Awaitility.await()
				.until(() -> leases.stream().allMatch((lease) -> lease.remaining().compareTo(LEASE.dividedBy(2)) > 0));
		}
		assertThat(leases).allMatch(Lease::isHeld);
		leases.forEach(Lease::close);
		assertThat(this.redis.keys("redis-lock:{k*}")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	@DisabledIfSystemProperty(named = "redis.user", matches = "restricted",
			disabledReason = "is about what another user may do")
	void whenTheApplicationIsInATransactionOfRedisThenNoLeaseTakesPartInIt(Driver driver) throws Exception {
		RedisConnectionFactory connections = driver.connect(this.server.port());
		LockEngine engine = engine(connections);
		StringRedisTemplate application = new StringRedisTemplate(connections);
		application.setEnableTransactionSupport(true);
		JdbcDataSource database = new JdbcDataSource();
		database.setUrl("jdbc:h2:mem:");
		new TransactionTemplate(new DataSourceTransactionManager(database)).executeWithoutResult((transaction) -> {
			application.opsForValue().set("work", "done");
			Map<Object, Object> bound = Map.copyOf(TransactionSynchronizationManager.getResourceMap());
			List<Lease> leases = acquire(engine, 50);
			leases.forEach((lease) -> lease.renew(LEASE));
			assertLive(leases);
			assertThat(leases).allMatch((lease) -> this.redis.hasKey("redis-lock:{" + lease.key() + "}"));
			leases.get(0).close();
			assertThat(this.redis.hasKey("redis-lock:{k0}")).isFalse();
			assertThat(TransactionSynchronizationManager.getResourceMap()).containsExactlyInAnyOrderEntriesOf(bound);
			assertThat(this.redis.hasKey("work")).isFalse();
			transaction.setRollbackOnly();
		});
		assertThat(this.redis.keys("*")).doesNotContain("work").contains("redis-lock:{k1}");
	}

	private void assertLive(List<Lease> leases) {
		Awaitility.await()
			.during(LEASE.multipliedBy(2))
			.atMost(LEASE.multipliedBy(4))
			.until(() -> leases.stream().filter(Lease::isHeld).count(), (held) -> held == leases.size());
	}

	private LockEngine engine(RedisConnectionFactory connections) {
		LockEngine engine = new LockEngine(TestEngines.store(connections), TestEngines.SETTINGS);
		this.engines.add(engine);
		return engine;
	}

	private static List<Lease> acquire(LockEngine engine, int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			try {
				return engine.acquire(LockSpec.of("k" + i).expire(LEASE).renew(Renewal.ALWAYS));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

	private LettuceConnectionFactory pooled() {
		GenericObjectPoolConfig<StatefulConnection<?, ?>> pool = new GenericObjectPoolConfig<>();
		pool.setMaxTotal(8);
		pool.setMaxWait(Duration.ofMillis(100));
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", this.server.port()),
				LettucePoolingClientConfiguration.builder()
					.poolConfig(pool)
					.commandTimeout(Duration.ofSeconds(70))
					.shutdownTimeout(Duration.ZERO)
					.build());
		connections.afterPropertiesSet();
		connections.start();
		return connections;
	}

	private static boolean take(RedisConnectionFactory connections, List<RedisConnection> taken) {
		RedisConnection connection = connections.getConnection();
		try {
			connection.multi();
		}
		catch (RedisConnectionFailureException ex) {
			return false;
		}
		taken.add(connection);
		return true;
	}

	private long blockedClients() {
		Properties clients = this.redis
			.execute((RedisConnection connection) -> connection.serverCommands().info("clients"));
		return (clients != null) ? Long.parseLong(clients.getProperty("blocked_clients")) : 0;
	}

}
