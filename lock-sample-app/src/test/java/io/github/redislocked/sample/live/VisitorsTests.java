/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.mockito.BDDMockito;

import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.willAnswer;

class VisitorsTests {

	private final Broadcast broadcast = BDDMockito.mock(Broadcast.class);

	private final Visitors visitors = new Visitors(BDDMockito.mock(Feed.class), this.broadcast, new Instance("one"));

	private final MockMvcTester http = MockMvcTester
		.of(new LiveController(this.visitors, BDDMockito.mock(Stage.class)));

	@AfterEach
	void close() {
		this.visitors.stop();
	}

	@Test
	void whenVisitorsLeaveBeforeTheyAreAdmittedThenTheirPlacesAreFree() {
		List<Consumer<String>> admissions = new ArrayList<>();
		willAnswer((call) -> admissions.add(call.getArgument(0))).given(this.broadcast)
			.betweenReads(ArgumentMatchers.any());
		this.visitors.start();
		for (int i = 0; i < Visitors.MOST; i++) {
			((MockAsyncContext) visit().getRequest().getAsyncContext()).complete();
		}
		assertThat(admissions).hasSize(Visitors.MOST).allSatisfy((admission) -> admission.accept(Feed.START));
		assertThat(visit()).hasStatus(HttpStatus.OK);
	}

	private MvcTestResult visit() {
		return this.http.get().uri("/live/events").asyncExchange();
	}

}
