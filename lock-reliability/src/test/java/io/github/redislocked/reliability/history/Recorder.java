/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The history of one process: a file in its memory, with a row of fixed size for each
 * operation, which is filled in as the operation goes on. So nothing is lost when the
 * process is killed, and recording costs a few stores.
 */
public final class Recorder {

	static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int ROW = 16 * Long.BYTES;

	private static final int ROWS_PER_FILE = 1 << 15;

	private static final int MOST_FILES = 128;

	private final Path directory;

	private final ByteBuffer[] files = new ByteBuffer[MOST_FILES];

	private final AtomicInteger rows = new AtomicInteger();

	/**
	 * Begins a history.
	 * @param directory where its files are, a directory of its own
	 */
	public Recorder(Path directory) {
		this.directory = directory;
	}

	/**
	 * Begins to record an operation, just before it begins.
	 * @param key number of the key
	 * @param expire lease time, in nanoseconds
	 * @param renewed whether the lease is renewed
	 * @param timeout wait budget, in nanoseconds
	 * @return what is to be told of the operation
	 */
	public Recording begin(int key, long expire, boolean renewed, long timeout) {
		int row = this.rows.getAndIncrement();
		Recording recording = new Recording(file(row / ROWS_PER_FILE), row % ROWS_PER_FILE * ROW);
		recording.begin(key, expire, renewed, timeout);
		return recording;
	}

	public int count() {
		return this.rows.get();
	}

	private synchronized ByteBuffer file(int number) {
		if (this.files[number] == null) {
			this.files[number] = map(this.directory.resolve("history-" + number), true);
		}
		return this.files[number];
	}

	private static ByteBuffer map(Path file, boolean create) {
		StandardOpenOption[] options = create ? new StandardOpenOption[] { StandardOpenOption.READ,
				StandardOpenOption.WRITE, StandardOpenOption.CREATE }
				: new StandardOpenOption[] { StandardOpenOption.READ };
		try (FileChannel channel = FileChannel.open(file, options)) {
			return channel.map(create ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY, 0,
					(long) ROW * ROWS_PER_FILE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads what a process has recorded, whatever became of it.
	 * @param directory where its files are
	 * @param process number of the process
	 * @return its operations, in no particular order
	 */
	public static List<Operation> read(Path directory, int process) {
		List<Operation> operations = new ArrayList<>();
		for (int number = 0; Files.exists(directory.resolve("history-" + number)); number++) {
			ByteBuffer file = map(directory.resolve("history-" + number), false);
			for (int row = 0; row < ROWS_PER_FILE; row++) {
				Recording recording = new Recording(file, row * ROW);
				if (recording.isUsed()) {
					operations.add(recording.toOperation(process));
				}
			}
		}
		return operations;
	}

}
