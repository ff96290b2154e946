/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In which order a transaction gives its locks back when it has completed.
 */
class ReleaseOrderIntegrationTests {

	private final Accounts accounts = new Accounts();

	private final String outer = Accounts.key();

	private final String inner = Accounts.key();

	@AfterEach
	void close() {
		this.accounts.close();
	}

	@Test
	void whenTakenOneAfterTheOtherThenTheLastIsReleasedFirst() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.outer, () -> {
			});
			this.accounts.desk.locked(this.inner, () -> {
			});
		});
		assertThat(releasedAt(this.inner)).isLessThan(releasedAt(this.outer));
	}

	@Test
	void whenTakenTogetherThenInTheOrderOfTheAnnotation() {
		this.accounts.inTransaction(() -> this.accounts.desk.lockedTwice(this.inner, this.outer, () -> {
		}));
		assertThat(releasedAt(this.inner)).isLessThan(releasedAt(this.outer));
	}

	// The receipt of a release ends with the server's time, in microseconds.
	private static long releasedAt(String key) {
		Map<Object, Object> state = Accounts.redis.opsForHash().entries("redis-lock:{" + key + "}:fence");
		String receipt = state.entrySet()
			.stream()
			.filter((field) -> field.getKey().toString().startsWith("closed:"))
			.map((field) -> field.getValue().toString())
			.findFirst()
			.orElseThrow();
		assertThat(receipt).contains(" RELEASED ");
		return Long.parseLong(receipt.substring(receipt.lastIndexOf(' ') + 1));
	}

}
