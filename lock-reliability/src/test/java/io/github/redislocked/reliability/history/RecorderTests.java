/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Recorder}.
 */
class RecorderTests {

	@TempDir
	Path directory;

	@Test
	void whenRecordedThenReadAsFarAsItWent() {
		Recorder recorder = new Recorder(this.directory);
		Recording whole = recorder.begin(3, 500, true, 70);
		whole.granted(11, 1_795_362_735_959_123L, 4, 22);
		whole.reading();
		whole.read(9);
		whole.offered(12, false);
		whole.wrote();
		whole.ending();
		whole.ended(End.LOST);
		whole.lostTold();
		recorder.begin(4, 600, false, 0);
		List<Operation> operations = Recorder.read(this.directory, 5);
		assertThat(operations).hasSize(2);
		Operation first = operations.get(0);
		assertThat(first)
			.extracting(Operation::process, Operation::key, Operation::expire, Operation::renewed, Operation::timeout,
					Operation::outcome, Operation::answeredAt, Operation::fence)
			.containsExactly(5, 3, 500L, true, 70L, Outcome.GRANTED, 11L, 1_795_362_735_959_123L);
		assertThat(first)
			.extracting(Operation::sequence, Operation::heldUntil, Operation::read, Operation::offeredAt,
					Operation::accepted, Operation::end)
			.containsExactly(4L, 22L, 9L, 12L, false, End.LOST);
		assertThat(List.of(first.invokedAt(), first.readAt(), first.wroteAt(), first.endInvokedAt(),
				first.endAnsweredAt(), first.lostToldAt()))
			.isSorted()
			.allMatch((at) -> at > 0);
		assertThat(operations.get(1))
			.extracting(Operation::key, Operation::renewed, Operation::outcome, Operation::answeredAt, Operation::end)
			.containsExactly(4, false, Outcome.PENDING, 0L, End.OPEN);
	}

	@Test
	void whenAFileIsFullThenGoesOnInTheNext() {
		Recorder recorder = new Recorder(this.directory);
		for (int i = 0; i < 40_000; i++) {
			recorder.begin(i, 1, false, 0);
		}
		assertThat(Recorder.read(this.directory, 0)).hasSize(40_000)
			.extracting(Operation::key)
			.contains(0, 32_767, 32_768, 39_999);
	}

}
