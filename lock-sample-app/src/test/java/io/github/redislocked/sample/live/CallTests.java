/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallTests {

	@ParameterizedTest
	@CsvSource({ "200, 200", "200, 100", "200, 67", "4, 2", "4, 3", "1, 1" })
	void whenSharesAreTakenThenEachCustomerComesOnce(int customers, int share) {
		Call call = new Call(customers, share, "buyer", true, 1);
		List<Integer> came = LongStream.rangeClosed(1, customers + 2L)
			.boxed()
			.flatMap((claim) -> IntStream.rangeClosed(call.first(claim), call.last(claim)).boxed())
			.toList();
		assertThat(came).containsExactlyElementsOf(IntStream.rangeClosed(1, customers).boxed().toList());
	}

}
