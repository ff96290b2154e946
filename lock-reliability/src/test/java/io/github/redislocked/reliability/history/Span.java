/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of the monotonic clock, which all processes of a machine share.
 *
 * @param begin its begin
 * @param end its end, {@link Long#MAX_VALUE} if it has none yet
 */
public record Span(long begin, long end) {

	/**
	 * Returns how much of a stretch these spans cover, which do not overlap each other.
	 * @param spans the spans
	 * @param from begin of the stretch
	 * @param to end of the stretch
	 * @return nanoseconds
	 */
	public static long overlap(List<Span> spans, long from, long to) {
		long sum = 0;
		for (Span span : spans) {
			sum += Math.max(0, Math.min(to, span.end) - Math.max(from, span.begin));
		}
		return sum;
	}

	/**
	 * Joins spans that overlap each other.
	 * @param spans the spans
	 * @return the same stretches, without an overlap, in their order
	 */
	public static List<Span> union(Collection<Span> spans) {
		List<Span> union = new ArrayList<>();
		for (Span span : spans.stream().sorted(Comparator.comparingLong(Span::begin)).toList()) {
			Span last = union.isEmpty() ? null : union.get(union.size() - 1);
			if (last != null && span.begin <= last.end) {
				union.set(union.size() - 1, new Span(last.begin, Math.max(last.end, span.end)));
			}
			else {
				union.add(span);
			}
		}
		return union;
	}

}
