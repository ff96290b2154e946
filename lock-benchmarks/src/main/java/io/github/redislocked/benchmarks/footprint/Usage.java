/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.footprint;

import java.lang.management.ManagementFactory;

/**
 * What a process uses.
 *
 * @param heap bytes of its heap that are in use after garbage collection
 * @param threads number of its threads
 */
public record Usage(long heap, long threads) {

	private static final int COLLECTIONS = 3;

	/**
	 * Measures this process.
	 * @return its usage
	 */
	public static Usage now() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		Runtime runtime = Runtime.getRuntime();
		return new Usage(runtime.totalMemory() - runtime.freeMemory(),
				ManagementFactory.getThreadMXBean().getThreadCount());
	}

	static Usage parse(String line) {
		String[] parts = line.split(" ");
		return new Usage(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
	}

	@Override
	public String toString() {
		return this.heap + " " + this.threads;
	}

}
