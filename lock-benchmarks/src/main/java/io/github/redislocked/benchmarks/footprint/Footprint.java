/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.footprint;

/**
 * What locks cost while they are held or awaited, for so many of them as one wants to
 * compare.
 *
 * @param measured how many there were
 * @param heapMegabytes heap of the process
 * @param threads threads of the process
 * @param subscriptions channels and patterns subscribed to
 * @param redisMegabytes memory of Redis
 * @param commands commands per second while nothing happens, those inside scripts
 * included
 */
public record Footprint(int measured, double heapMegabytes, double threads, double subscriptions, double redisMegabytes,
		double commands) {

	private static final double MEGABYTE = 1e6;

	static Footprint of(int measured, int compared, Usage used, long subscriptions, long redisBytes, double commands) {
		double scale = compared / (double) measured;
		return new Footprint(measured, scale * used.heap() / MEGABYTE, scale * used.threads(), scale * subscriptions,
				scale * redisBytes / MEGABYTE, scale * commands);
	}

}
