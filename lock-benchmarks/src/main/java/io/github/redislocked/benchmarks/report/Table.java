/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table in Markdown: text in its first column, figures in the others.
 */
public final class Table {

	private final StringBuilder text = new StringBuilder();

	/**
	 * Begins a table.
	 * @param headings headings of all columns
	 */
	public Table(List<String> headings) {
		row(headings);
		row(Stream.concat(Stream.of("---"), headings.stream().skip(1).map((heading) -> "--:")).toList());
	}

	/**
	 * Adds a row.
	 * @param heading what the row is about
	 * @param figures its figures
	 */
	public void add(String heading, double... figures) {
		List<String> cells = Stream.concat(Stream.of(heading), Arrays.stream(figures).mapToObj(Figures::of)).toList();
		row(cells);
	}

	/**
	 * Adds a row of text.
	 * @param cells all columns
	 */
	public void row(List<String> cells) {
		this.text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
