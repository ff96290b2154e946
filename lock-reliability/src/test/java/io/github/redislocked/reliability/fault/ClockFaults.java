/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.reliability.history.Check;
import io.github.redislocked.reliability.server.SteppedRedis;

/**
 * What goes wrong with a server's clock: it is set, and set right a little later.
 */
public final class ClockFaults {

	private static final List<Integer> STEPS = List.of(1, -1, 60, -60);

	private static final int HOUR = 3600;

	private static final Duration ASKED_AGAIN = Duration.ofMillis(1_200);

	private ClockFaults() {
	}

	/**
	 * Lists the faults.
	 * @param redis the server
	 * @return the faults
	 */
	public static List<Fault> all(SteppedRedis redis) {
		List<Fault> all = new ArrayList<>();
		for (int step : STEPS) {
			all.add(step("F8 clock set by %+d s, and back".formatted(step), redis, step, -step));
		}
		all.add(step("F8 clock set back by an hour, and forward", redis, -HOUR, HOUR));
		return all;
	}

	private static Fault step(String name, SteppedRedis redis, int first, int second) {
		return Fault.of(name, ASKED_AGAIN, false, (site) -> {
			redis.stepClock(Duration.ofSeconds(first));
			site.pause(500 + site.random().nextInt(1_000));
			redis.stepClock(Duration.ofSeconds(second));
		}).excluding(Check.EXCLUSION, Check.COUNTER, Check.LINEARIZABLE);
	}

}
