/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;

/**
 * What one thread, one process or all of them have seen in a measured window. It travels
 * between processes as one line.
 */
final class Tally {

	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

	private static final int DIGITS = 3;

	private final long[] counts = new long[Count.values().length];

	private final Histogram waits;

	private final Histogram handOffs;

	Tally() {
		this(new Histogram(LONGEST_NANOS, DIGITS), new Histogram(LONGEST_NANOS, DIGITS));
	}

	private Tally(Histogram waits, Histogram handOffs) {
		this.waits = waits;
		this.handOffs = handOffs;
	}

	static Tally parse(String line) {
		String[] parts = line.split(" ");
		Tally tally = new Tally(decode(parts[1]), decode(parts[2]));
		long[] counts = Arrays.stream(parts[0].split(",")).mapToLong(Long::parseLong).toArray();
		System.arraycopy(counts, 0, tally.counts, 0, counts.length);
		return tally;
	}

	void count(Count what) {
		this.counts[what.ordinal()]++;
	}

	long get(Count what) {
		return this.counts[what.ordinal()];
	}

	void waited(long nanos) {
		this.waits.recordValue(Math.min(nanos, LONGEST_NANOS));
	}

	void handedOff(long nanos) {
		this.handOffs.recordValue(Math.min(nanos, LONGEST_NANOS));
	}

	/**
	 * Returns the waits for locks, from the call to its return, of calls that began in
	 * the window, however long they took.
	 */
	Histogram waits() {
		return this.waits;
	}

	/**
	 * Returns the times from the moment before a release in one process to the moment
	 * after the next acquisition in another one, which was waiting already.
	 */
	Histogram handOffs() {
		return this.handOffs;
	}

	void add(Tally other) {
		for (int i = 0; i < this.counts.length; i++) {
			this.counts[i] += other.counts[i];
		}
		this.waits.add(other.waits);
		this.handOffs.add(other.handOffs);
	}

	@Override
	public String toString() {
		return Arrays.toString(this.counts).replaceAll("[\\[\\] ]", "") + " " + encode(this.waits) + " "
				+ encode(this.handOffs);
	}

	private static String encode(Histogram histogram) {
		ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
		int length = histogram.encodeIntoCompressedByteBuffer(buffer);
		return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
	}

	private static Histogram decode(String text) {
		try {
			return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** What is counted. */
	enum Count {

		/** Locks that were had in the window. */
		ACQUIRED,

		/** Calls that gave up. */
		TIMED_OUT,

		/** Calls that failed, or releases that found the lock lost. */
		FAILED,

		/** Locks that were had while somebody else was inside. */
		OVERLAPPED

	}

}
