/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.reliability.history.Operation;
import io.github.redislocked.reliability.history.ProcessLife;
import io.github.redislocked.reliability.history.Recorder;
import io.github.redislocked.reliability.history.Span;
import io.github.redislocked.reliability.history.ThreadCount;
import io.github.redislocked.reliability.server.Address;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Signals;

/**
 * The handle of a process that runs {@link ClientMain}.
 */
public final class ClientProcess implements AutoCloseable {

	private final int number;

	private final Path directory;

	private final Process process;

	private final PrintStream commands;

	private final Answers answers;

	private final List<Span> frozen = new ArrayList<>();

	private final long startedAt = System.nanoTime();

	private final String token;

	private long endedAt = Long.MAX_VALUE;

	private int firstThreads;

	private int operationCount;

	private int lastThreads;

	/**
	 * Starts a process, and waits until it is ready.
	 * @param subject which lock it uses
	 * @param number its number in its history
	 * @param address where it finds Redis
	 * @param directory where the histories are
	 * @param resources the file of the resources
	 * @param keys how many keys they have
	 * @param seed where its chance begins
	 */
	public ClientProcess(Subject subject, int number, Address address, Path directory, Path resources, int keys,
			long seed) {
		this.number = number;
		this.directory = directory.resolve("process-" + number);
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		Driver driver = (number % 3 == 1 && subject == Subject.OURS) ? Driver.JEDIS : Driver.LETTUCE;
		Path log = directory.resolve("process-" + number + ".log");
		try {
			Files.createDirectories(this.directory);
			this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", classPath,
					ClientMain.class.getName(), address.toString(), driver.name(), subject.name(),
					this.directory.toString(), resources.toString(), Integer.toString(keys), Long.toString(seed),
					Integer.toString(number))
				.redirectError(log.toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.commands = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.answers = new Answers(this.process, log);
		this.token = this.answers.await("ready")[1];
	}

	public String token() {
		return this.token;
	}

	/**
	 * Lets the callers begin.
	 * @param workload what they do
	 */
	public void run(Workload workload) {
		this.commands.println("run " + workload.profile() + " " + workload.pause().toNanos());
	}

	/**
	 * Asks the callers to come to rest.
	 */
	public void askToRest() {
		this.commands.println("rest");
	}

	/**
	 * Waits until the callers have come to rest.
	 */
	public void awaitRest() {
		String[] rested = this.answers.await("rested");
		this.lastThreads = Integer.parseInt(rested[1]);
		this.operationCount = Integer.parseInt(rested[2]);
		if (this.firstThreads == 0) {
			this.firstThreads = this.lastThreads;
		}
	}

	/**
	 * Lets the callers lock each of many keys once.
	 * @param from the first
	 * @param to the end
	 */
	public void sweep(int from, int to) {
		this.commands.println("sweep " + from + " " + to);
	}

	/**
	 * Waits for the end of that.
	 */
	public void awaitSwept() {
		this.answers.await("swept");
	}

	/**
	 * Asks how much heap is in use.
	 * @return bytes
	 */
	public long heap() {
		this.commands.println("heap");
		return Long.parseLong(this.answers.await("heap")[1]);
	}

	/**
	 * Lets callers be interrupted and give up, or no longer.
	 * @param on whether they are
	 */
	public void disturb(boolean on) {
		this.commands.println("disturb " + (on ? 1 : 0));
	}

	/**
	 * Freezes the process, until it is thawed.
	 */
	public void freeze() {
		this.frozen.add(new Span(System.nanoTime(), Long.MAX_VALUE));
		Signals.freeze(this.process.pid());
	}

	/**
	 * Thaws the process.
	 */
	public void thaw() {
		Signals.thaw(this.process.pid());
		Span last = this.frozen.remove(this.frozen.size() - 1);
		this.frozen.add(new Span(last.begin(), System.nanoTime()));
	}

	/**
	 * Sends SIGTERM, and waits for the end.
	 */
	public void terminate() {
		this.endedAt = System.nanoTime();
		Signals.terminate(this.process.pid());
		Signals.awaitEnd(this.process);
	}

	/**
	 * Sends SIGKILL, and waits for the end.
	 */
	public void kill() {
		Signals.kill(this.process);
		this.endedAt = System.nanoTime();
	}

	/**
	 * Tells how many operations there were until the last rest.
	 * @return the number
	 */
	public int operationCount() {
		return this.operationCount;
	}

	public List<String> anomalies() {
		return this.answers.anomalies();
	}

	/**
	 * Tells what became of the process.
	 * @param others when all processes stood still
	 * @return its life
	 */
	public ProcessLife life(List<Span> others) {
		List<Span> all = new ArrayList<>(this.frozen);
		all.addAll(this.answers.stalls());
		all.addAll(others);
		return new ProcessLife(this.number, this.token, this.startedAt, this.endedAt, Span.union(all),
				this.answers.failures());
	}

	public ThreadCount threads() {
		return new ThreadCount(this.number, this.firstThreads, this.lastThreads);
	}

	public List<Operation> operations() {
		return Recorder.read(this.directory, this.number);
	}

	@Override
	public void close() {
		// Ends a frozen process too.
		Signals.kill(this.process);
	}

}
