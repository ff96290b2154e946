/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.io.File;
import java.io.IOException;
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

	private static final int PATIENCE_SECONDS = 5;

	private final Process process;

	private boolean frozen;

	HolderProcess(Process process) {
		this.process = process;
	}

	void freeze() throws IOException, InterruptedException {
		this.frozen = true;
		signal("STOP");
	}

	void thaw() throws IOException, InterruptedException {
		signal("CONT");
		this.frozen = false;
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
	 * Waits a little for the end of the process, and then ends it. One that is frozen is
	 * ended at once: it would be there for ever if this process ended before.
	 */
	@Override
	public void close() {
		try {
			if (this.frozen || !this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				kill();
				this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException ex) {
			kill();
			Thread.currentThread().interrupt();
		}
	}

}
