/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.github.redislocked.store.ConfirmAnswer;
import io.github.redislocked.store.RenewAnswer;

/**
 * What a script answered, and how many replicas have what it wrote.
 *
 * @param answer the script's answer
 * @param replicas how many replicas have answered in time
 * @param wanted how many were asked for
 */
record Replicated(String answer, long replicas, int wanted) {

	/**
	 * The answer of a script that has written something.
	 */
	static final String WRITTEN = "RENEWED";

	/**
	 * Reads what a script answered that lengthens a lease.
	 * @param replicated the stage of it
	 * @param reader reads the script's own answer
	 * @return what that means
	 */
	static CompletionStage<ConfirmAnswer> read(CompletionStage<Replicated> replicated,
			Function<String, RenewAnswer> reader) {
		return replicated.thenApply(
				(all) -> new ConfirmAnswer(reader.apply(all.answer) == RenewAnswer.RENEWED, all.replicas, all.wanted));
	}

}
