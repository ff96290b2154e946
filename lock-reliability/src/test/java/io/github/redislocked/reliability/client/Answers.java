/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.reliability.history.Failure;
import io.github.redislocked.reliability.history.Span;

/**
 * What a {@link ClientMain} says: answers to commands, what must not be, which errors its
 * callers saw, and when it stood still.
 */
final class Answers {

	private static final long LONGEST_SECONDS = 90;

	private final Process process;

	private final Path log;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final List<String> anomalies = new CopyOnWriteArrayList<>();

	private final List<Span> stalls = new CopyOnWriteArrayList<>();

	private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

	Answers(Process process, Path log) {
		this.process = process;
		this.log = log;
		Thread reader = new Thread(this::read, "answers of " + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	List<String> anomalies() {
		return this.anomalies;
	}

	List<Span> stalls() {
		return this.stalls;
	}

	List<Failure> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Waits for an answer.
	 * @param word its first word
	 * @return its words
	 */
	String[] await(String word) {
		try {
			String answer = this.answers.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
			if (answer == null || !answer.startsWith(word)) {
				throw new IllegalStateException("Process %d was to say '%s', but says %s; it is %s, and has written: %s"
					.formatted(this.process.pid(), word, answer, this.process.isAlive() ? "alive" : "dead",
							Files.readString(this.log)));
			}
			return answer.split(" ");
		}
		catch (InterruptedException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (line.startsWith("anomaly")) {
					this.anomalies.add("process " + this.process.pid() + ": " + line);
				}
				else if (line.startsWith("stall")) {
					String[] stall = line.split(" ");
					this.stalls.add(new Span(Long.parseLong(stall[1]), Long.parseLong(stall[2])));
				}
				else if (line.startsWith("failed")) {
					String[] failed = line.split(" ", 3);
					this.failures.add(new Failure(Long.parseLong(failed[1]), failed[2]));
				}
				else if (line.matches("(ready|rested|heap) .*|swept")) {
					this.answers.add(line);
				}
			}
		}
		catch (IOException ex) {
			// The process has ended.
		}
		this.answers.add("nothing more");
	}

}
