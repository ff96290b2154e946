/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory that all processes of a run share: for every key who is inside, and who left it
 * when. It shows two holders at once, and how long a lock was on its way, without asking
 * Redis anything.
 */
final class Slots implements AutoCloseable {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int SLOT = 4 * Long.BYTES;

	private static final int LEFT_AT = Long.BYTES;

	private static final int LEFT_BY = 2 * Long.BYTES;

	private final MappedByteBuffer memory;

	private Slots(MappedByteBuffer memory) {
		this.memory = memory;
	}

	static Slots open(Path file, int keys) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) keys * SLOT);
			memory.order(ByteOrder.nativeOrder());
			return new Slots(memory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Enters what a key guards.
	 * @param key number of the key
	 * @param who who enters, from 1
	 * @return {@code false} if somebody is inside
	 */
	boolean enter(int key, long who) {
		return LONGS.compareAndSet((ByteBuffer) this.memory, key * SLOT, 0L, who);
	}

	/**
	 * Returns when the last one left, or zero. To be read by the one who is inside.
	 * @param key number of the key
	 * @return reading of the monotonic clock, in nanoseconds
	 */
	long leftAt(int key) {
		return (long) LONGS.getVolatile((ByteBuffer) this.memory, key * SLOT + LEFT_AT);
	}

	/**
	 * Returns the process that was inside last, or zero. To be read by the one who is
	 * inside.
	 * @param key number of the key
	 * @return number of the process, from 1
	 */
	long leftBy(int key) {
		return (long) LONGS.getVolatile((ByteBuffer) this.memory, key * SLOT + LEFT_BY);
	}

	/**
	 * Leaves, just before the lock is given back.
	 * @param key number of the key
	 * @param who who entered
	 * @param process number of the process, from 1
	 * @return {@code false} if somebody else was inside as well
	 */
	boolean leave(int key, long who, long process) {
		LONGS.setVolatile((ByteBuffer) this.memory, key * SLOT + LEFT_BY, process);
		LONGS.setVolatile((ByteBuffer) this.memory, key * SLOT + LEFT_AT, System.nanoTime());
		return LONGS.compareAndSet((ByteBuffer) this.memory, key * SLOT, who, 0L);
	}

	@Override
	public void close() {
		this.memory.force();
	}

}
