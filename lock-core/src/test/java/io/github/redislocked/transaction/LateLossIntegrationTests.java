/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockLostException;
import io.github.redislocked.testing.RecordedEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A loss that is first seen by a release after the transaction.
 */
class LateLossIntegrationTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(KeptLeases.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Accounts accounts = new Accounts(RecordedEvents.class);

	private final RecordedEvents told = this.accounts.context.getBean(RecordedEvents.class);

	private final String key = Accounts.key();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void close() {
		this.logger.detachAppender(this.log);
		this.accounts.close();
	}

	@Test
	void whenSeenAfterCommitThenErrorInTheLog() {
		String second = Accounts.key();
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(second, () -> {
			});
			this.accounts.desk.locked(this.key, this.accounts::write);
			Accounts.delete(this.key);
		});
		assertThat(this.accounts.entries()).isOne();
		assertThat(errors()).singleElement().asString().contains("lost").contains("committed");
		assertThat(Accounts.isLocked(second)).as("the other lock").isFalse();
	}

	@Test
	void whenSeenAfterCommitThenToldOnce() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.key, this.accounts::write);
			Accounts.delete(this.key);
		});
		LeaseLost lost = this.told.awaitFirst(LeaseLost.class);
		assertThat(lost.key()).isEqualTo(this.key);
		assertThat(lost.noticed()).isSameAs(LeaseLost.Noticed.BY_RELEASE);
		this.accounts.close();
		assertThat(this.told.events()).containsExactly(lost);
	}

	@Test
	void whenSeenBeforeCommitThenToldOnce() {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.key, this.accounts::write);
			Accounts.lose(this.key);
		}));
		LeaseLost lost = this.told.awaitFirst(LeaseLost.class);
		assertThat(lost.noticed()).isSameAs(LeaseLost.Noticed.WHILE_HELD);
		this.accounts.close();
		assertThat(this.told.events()).containsExactly(lost);
	}

	@Test
	void whenOutcomeIsUnknownThenErrorInTheLog() {
		try (Accounts failing = new Accounts(FailingCommits.class)) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> failing.inTransaction(() -> {
				failing.desk.locked(this.key, failing::write);
				Accounts.delete(this.key);
			})).withMessage("The connection broke");
		}
		assertThat(errors()).singleElement().asString().contains("not known");
	}

	@Test
	void whenSeenAfterRollbackThenNoError() {
		assertThatIllegalStateException().isThrownBy(() -> this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.key, this.accounts::write);
			Accounts.delete(this.key);
			throw new IllegalStateException("business");
		})).withMessage("business");
		assertThat(errors()).isEmpty();
	}

	private List<String> errors() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel() == Level.ERROR)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

}
