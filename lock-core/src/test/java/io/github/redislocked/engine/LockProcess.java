/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The handle of a process that runs {@link LockProcessMain}.
 */
final class LockProcess implements AutoCloseable {

	private static final long LONGEST_ANSWER_SECONDS = 60;

	private final Process process;

	private final PrintStream commands;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private LockProcess(Process process) {
		this.process = process;
		this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, "answers of " + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	static LockProcess start(int port, Driver driver, String label) {
		return start(LockProcessMain.class, port, driver, label);
	}

	static LockProcess start(Class<?> main, int port, Driver driver, String label) {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		try {
			return new LockProcess(
					new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
							"-XX:TieredStopAtLevel=1", "-cp", classPath, main.getName(), Integer.toString(port),
							driver.name(), label)
						.redirectError(ProcessBuilder.Redirect.INHERIT)
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	LockProcess ready() {
		assertThat(answer()).isEqualTo("ready");
		return this;
	}

	void tell(String command) {
		this.commands.println(command);
	}

	/** The next answer, which must come some time. */
	String answer() {
		try {
			String answer = this.answers.poll(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
			assertThat(answer).as("an answer of process " + this.process.pid()).isNotNull();
			return answer;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Waits until the process is inside, and tells since when on the monotonic clock. */
	Entry entered() {
		String[] answer = answer().split(" ");
		assertThat(answer).hasSize(3).startsWith("acquired");
		return new Entry(Long.parseLong(answer[1]), Long.parseLong(answer[2]));
	}

	boolean hasAnswered() {
		return !this.answers.isEmpty();
	}

	void freeze() {
		Signals.freeze(this.process.pid());
	}

	void thaw() {
		Signals.thaw(this.process.pid());
	}

	/** Sends SIGTERM, and waits for the end. */
	int terminate() {
		// Not by destroy, which closes the pipes: what the process says last would be
		// lost.
		Signals.terminate(this.process.pid());
		return Signals.awaitEnd(this.process);
	}

	void kill() {
		Signals.kill(this.process);
	}

	@Override
	public void close() {
		// Ends a frozen process too.
		kill();
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.answers.add(line);
			}
		}
		catch (IOException ex) {
			// The process has ended.
		}
	}

	/**
	 * When a process entered. On one machine the monotonic clock is common to all
	 * processes.
	 *
	 * @param fencingToken the fencing token
	 * @param at reading of the monotonic clock, in nanoseconds
	 */
	record Entry(long fencingToken, long at) {

	}

}
