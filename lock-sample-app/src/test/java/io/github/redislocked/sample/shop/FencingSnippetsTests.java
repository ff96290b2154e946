/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.time.InstantSource;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.engine.UnlockedTemplate;
import io.github.redislocked.testing.DocumentedSnippets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The snippets of the page on fencing tokens.
 */
class FencingSnippetsTests {

	private static final LockSpec SPEC = LockSpec.of("report:1");

	private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder().generateUniqueName(true)
		.setType(EmbeddedDatabaseType.H2)
		.build();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	// Grants at once, so that two can be inside; its tokens are microseconds.
	private final LockTemplate locks = new UnlockedTemplate(InstantSource.system());

	private final Reports reports = new Reports(this.jdbc);

	@BeforeEach
	void createTable() {
		this.jdbc.sql("create table report (id bigint primary key, text varchar(100), fence bigint not null)").update();
		this.jdbc.sql("insert into report (id, text, fence) values (1, 'old', 0)").update();
	}

	@AfterEach
	void shutdown() {
		this.database.shutdown();
	}

	@Test
	void whenAnAnnotatedMethodIsStaleThenRefused() throws Exception {
		Lease stale = this.locks.acquire(SPEC);
		try (Lease later = this.locks.acquire(SPEC)) {
			assertThat(later.fencingToken()).isGreaterThan(stale.fencingToken());
			later.run(() -> this.reports.write(1, "new"));
		}
		stale.run(() -> assertThatExceptionOfType(ConcurrencyFailureException.class)
			.isThrownBy(() -> this.reports.write(1, "stale")));
		assertThat(text()).isEqualTo("new");
	}

	@Test
	void whenACallbackIsStaleThenRefused() throws Exception {
		write(this.locks, "new");
		assertThat(text()).isEqualTo("new");
		LockTemplate past = new UnlockedTemplate(() -> InstantSource.system().instant().minusSeconds(1));
		assertThatExceptionOfType(ConcurrencyFailureException.class).isThrownBy(() -> write(past, "stale"));
		assertThat(text()).isEqualTo("new");
	}

	@Test
	void whenThePageShowsCodeThenItIsThis() {
		DocumentedSnippets.ofPage("docs/fencing.md")
			.areFrom(FencingSnippetsTests.class, Shop.class, ProductRepository.class);
	}

	private void write(LockTemplate locks, String text) throws InterruptedException {
		// tag::callback[]
		locks.execute(LockSpec.of("report:1"), () -> {
			long token = Lease.current().orElseThrow().fencingToken();
			int rows = this.jdbc.sql("update report set text = ?, fence = ? where id = 1 and fence < ?")
				.params(text, token, token)
				.update();
			if (rows == 0) {
				throw new OptimisticLockingFailureException("Report 1 has a later writer than " + token);
			}
			return null;
		});
		// end::callback[]
	}

	private String text() {
		return this.jdbc.sql("select text from report where id = 1").query(String.class).single();
	}

	static class Reports {

		private final JdbcClient jdbc;

		Reports(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		// tag::annotated[]
		@RedisLocked("'report:' + #id")
		void write(long id, String text) {
			long token = Lease.current().orElseThrow().fencingToken();
			int rows = this.jdbc.sql("update report set text = ?, fence = ? where id = ? and fence < ?")
				.params(text, token, id, token)
				.update();
			if (rows == 0) {
				throw new OptimisticLockingFailureException("Report " + id + " has a later writer than " + token);
			}
		}
		// end::annotated[]

	}

}
