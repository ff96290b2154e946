/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseEndangered;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.OnLoss;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.DocumentedSnippets;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the code that {@code docs/renewal-and-loss.md} shows.
 */
class RenewalSnippetsIntegrationTests {

	private final LockedApplication application = new LockedApplication(Driver.LETTUCE, Work.class, Operator.class);

	private final LockTemplate locks = this.application.locks();

	private final Work work = this.application.get(Work.class);

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void pageShowsThisCode() {
		DocumentedSnippets.ofPage("docs/renewal-and-loss.md").areFrom(RenewalSnippetsIntegrationTests.class);
	}

	@Test
	void leaseIsLengthenedByHand() throws Exception {
		new Report(this.locks, this.work).write(List.of("a", "b"));
		assertThat(this.work.written()).containsExactly("a", "b");
		assertThat(isLocked("report")).isFalse();
	}

	@Test
	void methodStopsWhenItsLockIsLost() {
		List<String> lines = List.of("a", "lose import", "c");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.work.importAll(lines));
		assertThat(this.work.written()).containsExactly("a", "lose import");
	}

	@Test
	void callbackIsCalled() throws Exception {
		Leader leader = new Leader();
		Lease lease = this.locks.acquire(LockSpec.of("leader"));
		leader.lead(lease);
		delete("leader");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		Awaitility.await().until(() -> !leader.leader);
	}

	@Test
	void methodIsInterrupted() {
		BlockingQueue<String> lines = new LinkedBlockingQueue<>(List.of("a", "lose export"));
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.work.export(lines));
		assertThat(this.work.written()).containsExactly("a", "lose export");
	}

	@Test
	void operatorIsTold() throws Exception {
		Lease lease = this.locks.acquire(LockSpec.of("told"));
		delete("told");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		List<String> alarms = this.application.get(Operator.class).alarms;
		Awaitility.await().until(() -> !alarms.isEmpty());
		assertThat(alarms).singleElement().asString().startsWith("Lost with token " + lease.fencingToken() + ": ");
	}

	private static boolean isLocked(String key) {
		return TestRedis.shared().template().hasKey("redis-lock:{" + key + "}");
	}

	private static void delete(String key) {
		TestRedis.shared().template().delete("redis-lock:{" + key + "}");
	}

	static class Work {

		private final List<String> written = new ArrayList<>();

		// tag::look[]
		@RedisLocked("import")
		void importAll(List<String> lines) {
			for (String line : lines) {
				if (!Lease.current().orElseThrow().isHeld()) {
					return;
				}
				write(line);
			}
		}
		// end::look[]

		// tag::interrupt[]
		@RedisLocked(key = "export", onLoss = OnLoss.INTERRUPT)
		void export(BlockingQueue<String> lines) throws InterruptedException {
			for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
				write(line);
			}
		}
		// end::interrupt[]

		List<String> written() {
			return this.written;
		}

		void write(String text) {
			this.written.add(text);
			if (text.startsWith("lose ")) {
				String key = text.substring("lose ".length());
				delete(key);
				try {
					// Learns at once what the next renewal would find.
					Lease.current(key).orElseThrow().renew(Duration.ofSeconds(60));
				}
				catch (LockLostException ex) {
					assertThat(ex.key()).isEqualTo(key);
				}
			}
		}

	}

	static class Operator {

		private final List<String> alarms = new CopyOnWriteArrayList<>();

		// tag::events[]
		@EventListener
		void onLoss(LeaseLost lost) {
			alarm("Lost with token " + lost.fencingToken() + ": " + lost.reason());
		}

		@EventListener
		void onDanger(LeaseEndangered endangered) {
			alarm("Redis is out of reach, and a lock is lost in " + endangered.remaining());
		}
		// end::events[]

		private void alarm(String text) {
			this.alarms.add(text);
		}

	}

	static class Leader {

		volatile boolean leader = true;

		void lead(Lease lease) {
			// tag::callback[]
			lease.onLost(() -> this.leader = false);
			// end::callback[]
		}

	}

	static class Report {

		private final LockTemplate locks;

		private final Work work;

		Report(LockTemplate locks, Work work) {
			this.locks = locks;
			this.work = work;
		}

		void write(List<String> parts) throws InterruptedException {
			// tag::renew[]
			try (Lease lease = this.locks.acquire(LockSpec.of("report").expire(Duration.ofSeconds(30)))) {
				for (String part : parts) {
					lease.renew(Duration.ofSeconds(30));
					write(part);
				}
			}
			// end::renew[]
		}

		private void write(String part) {
			this.work.write(part);
		}

	}

}
