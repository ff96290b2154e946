/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import tlc2.TLC;

/**
 * Runs TLC in processes of its own, because it keeps its state in static fields. As many
 * run at once as there are processors, each with one worker: most checks are too short to
 * be worth several.
 */
final class Tlc implements AutoCloseable {

	private static final long TIMEOUT_MINUTES = Long.getLong("redislocked.model.minutes", 5);

	private final Path directory;

	private final ExecutorService runs = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

	Tlc(Path directory) {
		this.directory = directory;
	}

	/**
	 * Begins to check a model, when a processor is free.
	 * @param model the model
	 * @return completes with what was found
	 */
	CompletableFuture<Outcome> check(Model model) {
		return CompletableFuture.supplyAsync(() -> run(model), this.runs);
	}

	private Outcome run(Model model) {
		try {
			Path home = Files.createTempDirectory(this.directory, model.module());
			model.write(home);
			Path output = home.resolve("output.txt");
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g", "-Djava.io.tmpdir=" + home, "-cp",
					Path.of(TLC.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString(),
					TLC.class.getName(), "-workers", "1", "-lncheck", "final", "-metadir",
					home.resolve("states").toString(), "-config", model.module() + ".cfg", model.module())
				.directory(home.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			Thread last = new Thread(process::destroyForcibly);
			Runtime.getRuntime().addShutdownHook(last);
			try {
				if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
					throw new IllegalStateException(
							"%s takes too long:%n%s".formatted(model, Files.readString(output)));
				}
			}
			finally {
				process.destroyForcibly();
				Runtime.getRuntime().removeShutdownHook(last);
			}
			return Outcome.of(Files.readString(output));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.runs.shutdownNow();
	}

}
