/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that takes the lock, to be frozen or killed. Nothing of it is left
 * when this is closed.
 */
final class HolderProcess implements AutoCloseable {

	/**
	 * Whether there are the signals that stop a process and let it go on.
	 */
	static final boolean CAN_BE_FROZEN = File.separatorChar == '/';

	private final Process process;

	HolderProcess(Process process) {
		this.process = process;
	}

	void freeze() throws IOException, InterruptedException {
		signal("STOP");
	}

	void thaw() throws IOException, InterruptedException {
		signal("CONT");
	}

	void kill() {
		this.process.destroyForcibly();
	}

	private void signal(String name) throws IOException, InterruptedException {
		int status = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
		if (status != 0) {
			throw new IOException("The process could not be sent SIG" + name);
		}
	}

	/**
	 * Waits a little for the end of the process, and then ends it.
	 */
	@Override
	public void close() {
		try {
			this.process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
		}
		catch (CompletionException ex) {
			kill();
		}
	}

}
