/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BuyersActTests {

	@Test
	void whenOneWasInsideAtATimeThenThatIsSaid() {
		assertThat(BuyersAct.sentence(true, new Figures(0, 100, 100, 0), 1))
			.isEqualTo("100 lamps were sold, 0 are left, and 100 buyers went without."
					+ " Nobody was inside together with anybody else.");
	}

	@Test
	void whenOneWasRefusedThenItIsCountedAndNobodyIsSaidToHaveBeenAlone() {
		assertThat(BuyersAct.sentence(true, new Figures(0, 100, 99, 1), 2))
			.isEqualTo("100 lamps were sold, 0 are left, and 99 buyers went without."
					+ " Stale writes refused: 1. Up to 2 were inside at once.");
	}

	@Test
	void whenNothingLocksAndYetNothingIsOversoldThenNobodyIsSaidToHaveBeenAlone() {
		assertThat(BuyersAct.sentence(false, new Figures(7, 93, 107, 0), 12))
			.isEqualTo("93 lamps were sold, 7 are left, and 107 buyers went without. Up to 12 were inside at once.");
	}

	@Test
	void whenNothingLocksAndTooMuchIsSoldThenThatIsSaid() {
		assertThat(BuyersAct.sentence(false, new Figures(3, 180, 20, 0), 200))
			.isEqualTo("Without the lock 180 lamps were sold of 100, and the shop believes that 3 are left.");
	}

}
