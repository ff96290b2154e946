/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.redislocked.testing.RecordedLog;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link OverlongLeases}, with a longest hold of an hour.
 */
class OverlongLeasesTests {

	private static final Duration HOUR = TestEngines.SETTINGS.maxHold();

	private final RecordedLog log = new RecordedLog(OverlongLeases.class.getName());

	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE);

	private final OverlongLeases leases = new OverlongLeases(TestEngines.SETTINGS, this.clock::get);

	@AfterEach
	void stop() {
		this.log.close();
	}

	@Test
	void whenALeaseCouldBeThatLongThenNothingIsSaid() {
		look(Duration.ofSeconds(1), null);
		look(Duration.ofSeconds(1), HOUR);
		look(HOUR.multipliedBy(2), HOUR.multipliedBy(2));
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void whenALeaseCannotBeThatLongThenWarnsOnceAnHour() {
		look(Duration.ofSeconds(1), HOUR.plusSeconds(1));
		look(Duration.ofSeconds(1), HOUR.plusSeconds(1));
		assertThat(this.log.warnings()).singleElement(InstanceOfAssertFactories.STRING)
			.contains("PT1H1S", "PT1H", "the clock of the Redis server was set back")
			.doesNotContain("order:7");
		this.clock.addAndGet(HOUR.toNanos());
		look(HOUR.multipliedBy(2), HOUR.multipliedBy(3));
		assertThat(this.log.warnings()).hasSize(2);
	}

	private void look(Duration expire, Duration remaining) {
		this.leases.look(new Terms("order:7", expire, Duration.ZERO, false, ""), remaining);
	}

}
