/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The handle of another JVM with the same class path, which is spoken to in lines.
 */
public final class ChildProcess implements AutoCloseable {

	private static final long LONGEST_END_SECONDS = 10;

	private final Process process;

	private final PrintStream commands;

	private final BufferedReader answers;

	private ChildProcess(Process process) {
		this.process = process;
		this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.answers = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Starts a JVM with a small heap.
	 * @param main the class to run
	 * @param heapMegabytes the size of its heap
	 * @param arguments its arguments
	 * @return the process, to be closed by the caller
	 */
	public static ChildProcess start(Class<?> main, int heapMegabytes, List<String> arguments) {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-cp", classPath, main.getName()));
		command.addAll(arguments);
		try {
			return new ChildProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Says something to the process.
	 * @param line what to say
	 */
	public void tell(String line) {
		this.commands.println(line);
	}

	/**
	 * Waits for the process to say something.
	 * @return what it says
	 * @throws IllegalStateException if it has ended instead
	 */
	public String answer() {
		try {
			String line = this.answers.readLine();
			if (line == null) {
				throw new IllegalStateException("Process " + this.process.pid() + " ended without an answer");
			}
			return line;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.commands.close();
		try {
			this.process.onExit().orTimeout(LONGEST_END_SECONDS, TimeUnit.SECONDS).join();
		}
		catch (CompletionException ex) {
			this.process.destroyForcibly();
		}
	}

}
