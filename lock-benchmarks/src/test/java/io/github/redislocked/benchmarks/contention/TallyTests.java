/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.benchmarks.contention.Tally.Count;
import io.github.redislocked.benchmarks.redis.RedisWork;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TallyTests {

	@Test
	void whenTallyTravelsThenNothingIsLost() {
		Tally tally = Tally.parse(tally(7, 3, 20).toString());
		assertThat(tally.get(Count.ACQUIRED)).isEqualTo(7);
		assertThat(tally.get(Count.OVERLAPPED)).isEqualTo(1);
		assertThat(tally.waits().getMaxValue()).isCloseTo(Duration.ofMillis(3).toNanos(), Percentage.withPercentage(1));
		assertThat(tally.handOffs().getMaxValue()).isCloseTo(Duration.ofMillis(20).toNanos(),
				Percentage.withPercentage(1));
	}

	@Test
	void whenProcessesAreAddedUpThenResultIsOfAllOfThem() {
		ContentionResult result = ContentionResult.of(List.of(tally(30, 1, 1), tally(10, 9, 5)),
				new RedisWork(80, 400, 80, 1_000, 3_000), 2);
		assertThat(result.throughput()).isEqualTo(20);
		assertThat(result.fairness()).isEqualTo(3);
		assertThat(result.scripts()).isEqualTo(2);
		assertThat(result.commands()).isEqualTo(10);
		assertThat(result.bytes()).isEqualTo(100);
		assertThat(result.wait50()).isCloseTo(1, Percentage.withPercentage(1));
		assertThat(result.longestWait()).isCloseTo(9, Percentage.withPercentage(1));
		assertThat(result.overlapped()).isEqualTo(2);
	}

	private static Tally tally(int acquired, int waitMillis, int handOffMillis) {
		Tally tally = new Tally();
		for (int i = 0; i < acquired; i++) {
			tally.count(Count.ACQUIRED);
		}
		tally.count(Count.OVERLAPPED);
		tally.waited(Duration.ofMillis(waitMillis).toNanos());
		tally.handedOff(Duration.ofMillis(handOffMillis).toNanos());
		return tally;
	}

}
