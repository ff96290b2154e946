/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of the script table, from {@code queue.table} or {@code getset.table}.
 *
 * @param protocol whose scripts it is about
 * @param title what it shows
 * @param steps what is done and expected, in order
 */
record ScriptCase(ScriptProtocol protocol, String title, List<Step> steps) {

	/**
	 * Reads the rows of a protocol.
	 */
	static List<ScriptCase> of(ScriptProtocol protocol) {
		List<ScriptCase> cases = new ArrayList<>();
		for (String line : text(protocol.name().toLowerCase(Locale.ROOT) + ".table").lines().toList()) {
			if (line.startsWith("# ")) {
				cases.add(new ScriptCase(protocol, line.substring(2), new ArrayList<>()));
			}
			else if (!line.isBlank() && !line.startsWith("##")) {
				cases.get(cases.size() - 1).steps.add(Step.of(line));
			}
		}
		return cases;
	}

	private static String text(String resource) {
		try (InputStream in = ScriptCase.class.getResourceAsStream(resource)) {
			if (in == null) {
				throw new IllegalStateException("There is no " + resource);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.protocol.name().toLowerCase(Locale.ROOT) + ": " + this.title;
	}

	/**
	 * A line of a row.
	 *
	 * @param verb its first word
	 * @param rest the others
	 */
	record Step(String verb, String rest) {

		static Step of(String line) {
			String[] parts = line.strip().split(" +", 2);
			return new Step(parts[0], (parts.length > 1) ? parts[1] : "");
		}

	}

}
