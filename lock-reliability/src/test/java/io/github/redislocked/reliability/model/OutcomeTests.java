/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.model;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Outcome} and {@link Model}.
 */
class OutcomeTests {

	private static final String COUNT = "%n1,2 \"Reached: no\"%n\"Reached: the end\"%n812 states generated, 345 distinct states found, 0 states left on queue.%n"
		.formatted();

	@Test
	void whenEveryStateHasBeenSeenThenNothingIsViolated() {
		Outcome outcome = Outcome.of("Model checking completed. No error has been found." + COUNT);
		assertThat(outcome.violated()).isNull();
		assertThat(outcome.states()).isEqualTo(345);
		assertThat(outcome.reached()).containsExactly("the end");
	}

	@Test
	void whenPropertyDoesNotHoldThenItIsNamed() {
		assertThat(Outcome.of("Error: Invariant Exclusion is violated." + COUNT).violated()).isEqualTo("Exclusion");
		assertThat(Outcome.of("Error: Temporal properties were violated.\n" + COUNT).violated())
			.isEqualTo(Outcome.TEMPORAL);
	}

	@Test
	void whenTlcHasStoppedForAnotherReasonThenThatIsNoOutcome() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Outcome.of("Error: Parsing or semantic analysis failed." + COUNT))
			.withMessageContaining("Parsing");
	}

	@Test
	void whenModelChangesWhatItsConfigurationDoesNotSayThenItIsRefused() {
		Model model = Model.of("QueueLock", "queue-repetitions");
		assertThatIllegalStateException().isThrownBy(model.with("Unknown", 1)::configured)
			.withMessageContaining("Unknown");
		assertThatIllegalStateException().isThrownBy(model.checking("Unknown")::configured)
			.withMessageContaining("Unknown");
	}

	@Test
	void whenModelIsBrokenThenOnlyItsPropertyIsChecked() throws Exception {
		assertThat(Model.of("QueueLock", "queue-repetitions").without("renew: token").checking("NoOrphan").configured())
			.contains("  Broken = {\"renew: token\"}\n", "INVARIANT NoOrphan\n")
			.doesNotContain("Broken = {}", "INVARIANT Exclusion");
	}

}
