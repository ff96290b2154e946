/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.opentest4j.TestAbortedException;
import redis.clients.jedis.Jedis;

/**
 * A server whose clock is set while it runs. A library that is loaded before the C
 * library adds to what the latter says: so many nanoseconds as stand in a file.
 */
public final class SteppedRedis implements Servers {

	private final Path offset;

	private final RedisProcess server;

	private Duration stepped = Duration.ZERO;

	/**
	 * Starts a server whose clock is right.
	 * @param directory where its files are
	 * @param settings lines of redis.conf
	 * @throws TestAbortedException if the library cannot be made on this machine
	 */
	public SteppedRedis(Path directory, String... settings) {
		Path library = build(directory);
		this.offset = directory.resolve("offset");
		write(Duration.ZERO);
		this.server = RedisProcess.server(directory,
				Map.of("LD_PRELOAD", library.toString(), "STEPPED_CLOCK", this.offset.toString()), settings);
	}

	@Override
	public Address address() {
		return Address.ofServer(this.server.port());
	}

	@Override
	public List<Jedis> connect() {
		return List.of(this.server.connect());
	}

	/**
	 * Returns the server.
	 * @return the server
	 */
	public RedisProcess server() {
		return this.server;
	}

	/**
	 * Sets the server's clock.
	 * @param by how much further, from where it is by now; negative to set it back
	 */
	public void stepClock(Duration by) {
		this.stepped = this.stepped.plus(by);
		write(this.stepped);
	}

	@Override
	public void close() {
		this.server.close();
	}

	private void write(Duration by) {
		ByteBuffer nanos = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(by.toNanos()).flip();
		try (FileChannel file = FileChannel.open(this.offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			file.write(nanos, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path build(Path directory) {
		Path source = directory.resolve("stepped-clock.c");
		Path library = directory.resolve("stepped-clock.so");
		try (InputStream text = SteppedRedis.class.getResourceAsStream("stepped-clock.c")) {
			Files.copy(Objects.requireNonNull(text), source);
			for (String compiler : List.of("gcc", "cc")) {
				if (compile(compiler, source, library)) {
					return library;
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new TestAbortedException(
				"A server whose clock is stepped needs Linux, and gcc or cc on the PATH to compile " + source);
	}

	private static boolean compile(String compiler, Path source, Path library) {
		try {
			Process process = new ProcessBuilder(compiler, "-shared", "-fPIC", "-O2", "-o", library.toString(),
					source.toString())
				.inheritIO()
				.start();
			return process.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
