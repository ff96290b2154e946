/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.config.EnableRedisLocks;
import io.github.redislocked.config.RedisLockSettings;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import io.github.redislocked.testing.TestSettings;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application with locks, transactions and a database of its own.
 */
final class Accounts implements AutoCloseable {

	static final StringRedisTemplate redis = TestRedis.shared().template();

	final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	final Desk desk;

	final JdbcTemplate database;

	Accounts(Class<?>... components) {
		this.context.register(App.class);
		this.context.registerBean(RedisLockSettings.class, TestSettings::defaults);
		if (components.length > 0) {
			this.context.register(components);
		}
		this.context.refresh();
		this.desk = this.context.getBean(Desk.class);
		this.database = this.context.getBean(JdbcTemplate.class);
	}

	/**
	 * Makes a key that no other test uses.
	 * @return the key
	 */
	static String key() {
		return "account:" + UUID.randomUUID();
	}

	static boolean isLocked(String key) {
		return Boolean.TRUE.equals(redis.hasKey("redis-lock:{" + key + "}"));
	}

	/**
	 * Deletes a lock by hand; its holder does not know yet.
	 * @param key the key
	 */
	static void delete(String key) {
		redis.delete("redis-lock:{" + key + "}");
	}

	/**
	 * Deletes a lock by hand, and lets its holder know.
	 * @param key the key of a current lease
	 */
	static void lose(String key) {
		delete(key);
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> Lease.current(key).orElseThrow().renew(Duration.ofMinutes(1)));
	}

	PlatformTransactionManager manager() {
		return this.context.getBean(PlatformTransactionManager.class);
	}

	/**
	 * Runs code in a transaction, joining one that is active.
	 * @param body the code
	 */
	void inTransaction(Runnable body) {
		inTransaction(TransactionDefinition.PROPAGATION_REQUIRED, body);
	}

	void inNewTransaction(Runnable body) {
		inTransaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW, body);
	}

	void inTransaction(int propagation, Runnable body) {
		TransactionTemplate transactions = new TransactionTemplate(manager());
		transactions.setPropagationBehavior(propagation);
		transactions.executeWithoutResult((status) -> body.run());
	}

	void write() {
		this.database.update("insert into entry values (1)");
	}

	int entries() {
		Integer entries = this.database.queryForObject("select count(*) from entry", Integer.class);
		return (entries != null) ? entries : -1;
	}

	@Override
	public void close() {
		this.context.close();
	}

	static class Desk {

		@RedisLocked(key = "#key", timeout = "0")
		void locked(String key, Runnable body) {
			body.run();
		}

		@RedisLocked(key = { "#one", "#other" }, timeout = "0")
		void lockedTwice(String one, String other, Runnable body) {
			body.run();
		}

		@RedisLocked(key = "#key", timeout = "0", afterTransaction = false)
		void lockedForTheCall(String key, Runnable body) {
			body.run();
		}

		@RedisLocked(key = "#key", timeout = "0", expire = "200ms")
		void lockedShortly(String key, Runnable body) {
			body.run();
		}

		@Transactional
		@RedisLocked(key = "#key", timeout = "0")
		void lockedTransaction(String key, Runnable body) {
			body.run();
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		@RedisLocked(key = "#key", timeout = "0")
		void lockedNewTransaction(String key, Runnable body) {
			body.run();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	@EnableTransactionManagement
	static class App {

		@Bean
		RedisConnectionFactory redis() {
			return TestRedis.shared().connect(Driver.LETTUCE);
		}

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
		}

		@Bean
		JdbcTemplate database(DataSource dataSource) {
			JdbcTemplate database = new JdbcTemplate(dataSource);
			database.execute("create table entry (id int)");
			return database;
		}

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		Desk desk() {
			return new Desk();
		}

	}

}
