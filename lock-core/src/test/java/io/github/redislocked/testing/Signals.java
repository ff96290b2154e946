/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Freezes, thaws and ends processes that a test has started.
 */
public final class Signals {

	private Signals() {
	}

	/**
	 * Freezes a process.
	 * @param pid the process id
	 */
	public static void freeze(long pid) {
		send("-STOP", pid);
	}

	/**
	 * Lets a frozen process go on.
	 * @param pid the process id
	 */
	public static void thaw(long pid) {
		send("-CONT", pid);
	}

	/**
	 * Asks a process to end.
	 * @param pid the process id
	 */
	public static void terminate(long pid) {
		send("-TERM", pid);
	}

	/**
	 * Kills a process, frozen or not, and waits for its end. Nothing happens if it has
	 * ended.
	 * @param process the process
	 */
	public static void kill(Process process) {
		process.destroyForcibly();
		awaitEnd(process);
	}

	/**
	 * Waits for the end of a process, even in a thread that is interrupted. (To ask
	 * {@code onExit()} after the end waits for whoever has its id by then, if only a
	 * thread.)
	 * @param process the process
	 * @return its exit code
	 */
	public static int awaitEnd(Process process) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return process.waitFor();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static void send(String signal, long pid) {
		try {
			int status = new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start().waitFor();
			if (status != 0) {
				throw new IllegalStateException("kill " + signal + " " + pid + " ended with " + status);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
