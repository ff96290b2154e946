/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.redislocked.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample application, started from its jar as users start it. What it writes goes to
 * a file beside the jar.
 */
final class SampleProcess implements AutoCloseable {

	// Generous: the machine that runs this may have little time for it.
	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final Pattern WEB_PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern REDIS_PORT = Pattern.compile("Started an embedded Redis on port (\\d+)");

	private final Process process;

	private final Path log;

	private SampleProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	static SampleProcess start(String name, String... arguments) {
		Path jar = Path.of(System.getProperty("sample.jar"));
		Path log = jar.resolveSibling("sample-" + name + ".log");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		// It lives for seconds: not worth optimising.
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", jar.toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().keySet().removeIf((variable) -> variable.startsWith("SPRING_"));
		try {
			return new SampleProcess(builder.start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int awaitWebPort() {
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
			assertThat(this.process.isAlive()).as(log()).isTrue();
			return WEB_PORT.matcher(log()).find();
		});
		return port(WEB_PORT);
	}

	int redisPort() {
		return port(REDIS_PORT);
	}

	private int port(Pattern pattern) {
		Matcher line = pattern.matcher(log());
		assertThat(line.results()).as(log()).hasSize(1);
		line.reset().find();
		return Integer.parseInt(line.group(1));
	}

	void freeze() {
		Signals.freeze(this.process.pid());
	}

	void thaw() {
		Signals.thaw(this.process.pid());
	}

	void awaitLog(String text) {
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> log().contains(text));
	}

	int awaitExit() throws InterruptedException {
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
		return this.process.exitValue();
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ends the process: kindly, so that it stops its Redis, and otherwise by force.
	 */
	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
		}
		catch (CompletionException ex) {
			this.process.descendants().forEach(ProcessHandle::destroyForcibly);
			this.process.destroyForcibly();
		}
	}

}
