/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import redis.embedded.core.ExecutableProvider;

/**
 * Which {@code redis-server} the tests start: the embedded one by default, the one of the
 * PATH with {@code -Dredis.server=path}, and another one, of Redis or Valkey, with its
 * absolute path in that property.
 */
public final class RedisExecutable {

	private static Path unpacked;

	private RedisExecutable() {
	}

	/**
	 * Finds what the property asks for.
	 * @return the executable
	 * @throws IOException if there is none
	 */
	public static ExecutableProvider chosen() throws IOException {
		String server = System.getProperty("redis.server", "embedded");
		return switch (server) {
			case "embedded" -> RedisExecutable::embedded;
			case "path" -> ExecutableProvider.newExecutableInPath("redis-server");
			default -> at(new File(server));
		};
	}

	// A link in a directory of its own, where the server will write. A file that was
	// unpacked for this server could not be run while another thread starts a process.
	private static File embedded() throws IOException {
		Path directory = Files.createTempDirectory("redis-");
		directory.toFile().deleteOnExit();
		File link = Files.createLink(directory.resolve("redis-server"), unpacked()).toFile();
		link.deleteOnExit();
		return link;
	}

	private static synchronized Path unpacked() throws IOException {
		if (unpacked == null) {
			File file = ExecutableProvider.newJarResourceProvider().get();
			file.getParentFile().deleteOnExit();
			file.deleteOnExit();
			unpacked = file.toPath();
		}
		return unpacked;
	}

	private static ExecutableProvider at(File file) throws IOException {
		if (!file.isAbsolute() || !file.canExecute()) {
			throw new FileNotFoundException(
					"redis.server is '" + file + "', and not embedded, path, or an absolute path of a redis-server");
		}
		return () -> file;
	}

}
