/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.benchmarks.redis.BenchmarkRedis;
import io.github.redislocked.benchmarks.redis.RedisProbe;
import io.github.redislocked.benchmarks.report.Chart;
import io.github.redislocked.benchmarks.report.Comparison;
import io.github.redislocked.benchmarks.report.Page;

/**
 * What every measurement of one run works with.
 */
public final class Laboratory implements AutoCloseable {

	private final BenchmarkRedis redis = BenchmarkRedis.start();

	private final RedisProbe probe = new RedisProbe(this.redis.port());

	private final Page page = Page.ofTemplate();

	private final List<String> losses = new ArrayList<>();

	private final BenchmarkSize size;

	private final Path directory;

	/**
	 * Starts a Redis for the run.
	 * @param size how much is measured
	 * @param directory where the page and its charts are written
	 */
	public Laboratory(BenchmarkSize size, Path directory) {
		this.size = size;
		this.directory = directory;
	}

	BenchmarkSize size() {
		return this.size;
	}

	BenchmarkRedis redis() {
		return this.redis;
	}

	RedisProbe probe() {
		return this.probe;
	}

	Page page() {
		return this.page;
	}

	/**
	 * Notes where we lose, and returns the comparison as a section of the page.
	 * @param comparison what was measured
	 * @return its heading and table
	 */
	String report(Comparison<?> comparison) {
		this.losses.addAll(comparison.losses());
		return "### " + comparison.title() + "\n\n" + comparison.table() + "\n";
	}

	/**
	 * Draws a chart of bars.
	 * @param chart the chart
	 * @param name the name of its file
	 * @return what stands on the page for it
	 */
	String bars(Chart chart, String name) {
		chart.drawBars(this.directory.resolve("benchmarks").resolve(name + ".svg"));
		return reference(chart, name);
	}

	/**
	 * Draws a chart of lines.
	 * @param chart the chart
	 * @param xTitle what the places of its figures are
	 * @param name the name of its file
	 * @return what stands on the page for it
	 */
	String lines(Chart chart, String xTitle, String name) {
		chart.drawLines(xTitle, this.directory.resolve("benchmarks").resolve(name + ".svg"));
		return reference(chart, name);
	}

	/**
	 * Writes the page.
	 */
	void write() {
		this.page.fill("losses", this.losses.isEmpty() ? "Nowhere in this run." : String.join("\n", this.losses));
		this.page.write(this.directory.resolve("benchmarks.md"));
	}

	@Override
	public void close() {
		this.probe.close();
		this.redis.close();
	}

	private static String reference(Chart chart, String name) {
		return "![" + chart.title() + "](benchmarks/" + name + ".svg)\n\n";
	}

}
