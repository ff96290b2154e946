/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.redislocked.benchmarks.report.Machine;
import io.github.redislocked.benchmarks.report.Targets;

/**
 * Measures everything and writes {@code docs/benchmarks.md}. System properties:
 * <ul>
 * <li>{@code benchmarks.size}: {@code quick} or {@code full}, the default</li>
 * <li>{@code benchmarks.only}: names of parts, separated by commas; all by default</li>
 * <li>{@code benchmarks.directory}: where the page is written; {@code docs} by
 * default</li>
 * </ul>
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs the benchmarks.
	 * @param arguments none
	 * @throws InterruptedException if it is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		Locale.setDefault(Locale.ROOT);
		String size = System.getProperty("benchmarks.size", "full");
		List<String> only = List.of(System.getProperty("benchmarks.only", "").split(","));
		Path directory = Path.of(System.getProperty("benchmarks.directory", "docs"));
		Targets targets = new Targets();
		try (Laboratory laboratory = new Laboratory(BenchmarkSize.of(size), directory)) {
			laboratory.page().fill("machine", Machine.describe(laboratory.probe().info("server", "redis_version")));
			laboratory.page().fill("size", size);
			laboratory.page().fill("rounds", Integer.toString(laboratory.size().rounds()));
			for (Map.Entry<String, Part> part : parts().entrySet()) {
				boolean wanted = only.contains("") || only.contains(part.getKey());
				long begin = System.nanoTime();
				if (wanted) {
					part.getValue().measure(laboratory);
				}
				part.getValue().judge(targets);
				System.out.printf("%s: %d s%n", part.getKey(), (System.nanoTime() - begin) / 1_000_000_000);
			}
			laboratory.page().fill("targets", targets.toString());
			laboratory.write();
		}
		System.out.println("Written: " + directory.resolve("benchmarks.md"));
		// Some drivers leave threads behind that keep a process alive.
		System.exit(0);
	}

	private static Map<String, Part> parts() {
		Map<String, Part> parts = new LinkedHashMap<>();
		parts.put("uncontended", new UncontendedPart());
		parts.put("interceptor", new InterceptorPart());
		parts.put("observers", new ObserverPart());
		parts.put("contention", new ContentionPart());
		parts.put("footprint", new FootprintPart());
		parts.put("growth", new GrowthPart());
		return parts;
	}

}
