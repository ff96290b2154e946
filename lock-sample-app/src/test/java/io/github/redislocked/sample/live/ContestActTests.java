/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContestActTests {

	@Test
	void whenSeveralHadTheLockAtOnceThenItIsNotSaidToBeOne() {
		assertThat(ContestAct.sentence(5, 1, 3)).contains("had 5 times, by one contender at a time; 3 times");
		assertThat(ContestAct.sentence(5, 2, 3)).contains("had 5 times, by up to 2 contenders at a time; 3 times");
	}

}
