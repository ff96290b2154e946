/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the locks guard, in memory that all processes share, and that no fault touches: a
 * counter for each key, which is read and written without any other guard, and a register
 * that remembers the greatest fencing token and refuses smaller ones.
 */
public final class Resources {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	// A cache line for each.
	private static final int ROW = 64;

	private static final int REGISTER = 8;

	private final ByteBuffer memory;

	/**
	 * Opens the resources.
	 * @param file the file they are in
	 * @param keys how many keys there are
	 */
	public Resources(Path file, int keys) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.CREATE)) {
			this.memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) ROW * keys);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads all counters.
	 * @return what they are, by number of the key
	 */
	public Map<Integer, Long> counters() {
		Map<Integer, Long> counters = new LinkedHashMap<>();
		for (int key = 0; key < this.memory.capacity() / ROW; key++) {
			counters.put(key, counter(key));
		}
		return counters;
	}

	long counter(int key) {
		return (long) LONGS.getVolatile(this.memory, key * ROW);
	}

	void counter(int key, long value) {
		LONGS.setVolatile(this.memory, key * ROW, value);
	}

	/**
	 * Writes to the register.
	 * @param key number of the key
	 * @param fence fencing token of the writer
	 * @return whether it was accepted
	 */
	boolean offer(int key, long fence) {
		while (true) {
			long greatest = (long) LONGS.getVolatile(this.memory, key * ROW + REGISTER);
			if (fence < greatest) {
				return false;
			}
			if (LONGS.compareAndSet(this.memory, key * ROW + REGISTER, greatest, fence)) {
				return true;
			}
		}
	}

}
