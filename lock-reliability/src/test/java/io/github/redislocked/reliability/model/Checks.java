/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that run side by side, each a test of its own.
 */
final class Checks {

	private final Tlc tlc;

	private final List<DynamicTest> tests = new ArrayList<>();

	Checks(Tlc tlc) {
		this.tlc = tlc;
	}

	/**
	 * Expects that all properties hold.
	 * @param name the name of the test
	 * @param model the model
	 * @param states at least so many states there are, or the model says less than it
	 * used to
	 * @param situations what has to happen in some of them
	 * @return these checks
	 */
	Checks holds(String name, Model model, long states, String... situations) {
		String depth = System.getProperty("redislocked.model.depth");
		return add(name, (depth != null) ? model.with("Depth", depth) : model, (outcome) -> {
			assertThat(outcome.violated()).as("%s", outcome).isNull();
			assertThat(outcome.states()).as("%s", outcome).isGreaterThan(states);
			assertThat(outcome.reached()).as("%s", outcome).contains(situations);
		});
	}

	/**
	 * Expects that a property is violated. That is found in behaviours of any length.
	 * @param name the name of the test
	 * @param model the model
	 * @param property the property; the only one that is checked
	 * @return these checks
	 */
	Checks fails(String name, Model model, String property) {
		return add(name, model.with("Depth", 0).checking(property),
				(outcome) -> assertThat(outcome.violated()).as("%s", outcome).isIn(property, Outcome.TEMPORAL));
	}

	/**
	 * Expects that a property is violated when one guard is left out.
	 * @param guard the guard
	 * @param model the model
	 * @param property the property
	 * @return these checks
	 */
	Checks needs(String guard, Model model, String property) {
		return fails("whenLeftOut[%s]ThenNot[%s]".formatted(guard, property), model.without(guard), property);
	}

	Stream<DynamicTest> tests() {
		return this.tests.stream();
	}

	private Checks add(String name, Model model, Consumer<Outcome> expected) {
		CompletableFuture<Outcome> run = this.tlc.check(model);
		this.tests.add(DynamicTest.dynamicTest(name, () -> expected.accept(run.join())));
		return this;
	}

}
