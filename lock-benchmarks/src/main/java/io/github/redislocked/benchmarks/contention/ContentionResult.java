/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.util.List;
import java.util.LongSummaryStatistics;

import io.github.redislocked.benchmarks.contention.Tally.Count;
import io.github.redislocked.benchmarks.redis.RedisWork;
import org.HdrHistogram.Histogram;

/**
 * What one run has shown. Times are in milliseconds, costs are per acquisition.
 *
 * @param throughput acquisitions per second
 * @param wait50 median wait
 * @param wait99 99th percentile of the waits
 * @param wait999 99.9th percentile of the waits
 * @param longestWait the longest wait
 * @param scripts scripts
 * @param commands all commands, those inside scripts included
 * @param bytes bytes, both directions
 * @param fairness acquisitions of the busiest process by those of the least busy one
 * @param handOff50 median of the time from a release to the next holder in another
 * process; not a number if there was none
 * @param handOff99 99th percentile of the same
 * @param timedOut calls that gave up
 * @param failed calls that failed
 * @param overlapped acquisitions while somebody else was inside: must be zero
 */
public record ContentionResult(double throughput, double wait50, double wait99, double wait999, double longestWait,
		double scripts, double commands, double bytes, double fairness, double handOff50, double handOff99,
		long timedOut, long failed, long overlapped) {

	private static final double MILLIS = 1e6;

	static ContentionResult of(List<Tally> processes, RedisWork work, double seconds) {
		Tally all = new Tally();
		processes.forEach(all::add);
		double acquired = all.get(Count.ACQUIRED);
		LongSummaryStatistics perProcess = processes.stream()
			.mapToLong((process) -> process.get(Count.ACQUIRED))
			.summaryStatistics();
		Histogram waits = all.waits();
		return new ContentionResult(acquired / seconds, percentile(waits, 50), percentile(waits, 99),
				percentile(waits, 99.9), percentile(waits, 100), work.scripts() / acquired, work.commands() / acquired,
				(work.bytesIn() + work.bytesOut()) / acquired, perProcess.getMax() / (double) perProcess.getMin(),
				percentile(all.handOffs(), 50), percentile(all.handOffs(), 99), all.get(Count.TIMED_OUT),
				all.get(Count.FAILED), all.get(Count.OVERLAPPED));
	}

	private static double percentile(Histogram histogram, double percentile) {
		return (histogram.getTotalCount() != 0) ? histogram.getValueAtPercentile(percentile) / MILLIS : Double.NaN;
	}

}
