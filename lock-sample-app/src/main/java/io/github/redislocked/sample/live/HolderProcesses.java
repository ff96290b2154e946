/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.sample.SampleApplication;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.core.env.Environment;

/**
 * Starts this application once more, on the same Redis and with the same locks, only to
 * hold one.
 */
class HolderProcesses {

	private static final Bindable<Map<String, Object>> SETTINGS = Bindable.mapOf(String.class, Object.class);

	private final Environment environment;

	private final DataRedisConnectionDetails connection;

	private final JsonMapper json;

	HolderProcesses(Environment environment, DataRedisConnectionDetails connection, JsonMapper json) {
		this.environment = environment;
		this.connection = connection;
		this.json = json;
	}

	HolderProcess start(Show show) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true)
			.redirectOutput(Redirect.DISCARD);
		// Not among the arguments, which all users of the machine can read: there may be
		// a password.
		builder.environment().put("SPRING_APPLICATION_JSON", this.json.writeValueAsString(settings(show)));
		return new HolderProcess(builder.start());
	}

	private static List<String> command() {
		String classPath = System.getProperty("java.class.path");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		// It lives for seconds: not worth optimising.
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
		if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
			command.addAll(List.of("-jar", classPath));
		}
		else {
			command.addAll(List.of("-cp", classPath, SampleApplication.class.getName()));
		}
		command.add("--" + HolderApplication.OPTION);
		return command;
	}

	private Map<String, Object> settings(Show show) {
		Map<String, Object> settings = new HashMap<>();
		settings.put("spring", Map.of("data", Map.of("redis", redis())));
		Map<String, Object> locks = given("redis-lock");
		// It is not this process, and must not be called so.
		locks.remove("instance-id");
		settings.put("redis-lock", locks);
		settings.put("live", given("live"));
		settings.put("holder", Map.of("show", show.id(), "kind", show.kind()));
		settings.put("logging", Map.of("level", Map.of("root", "warn")));
		return settings;
	}

	private Map<String, Object> redis() {
		Map<String, Object> settings = given("spring.data.redis");
		DataRedisConnectionDetails.Standalone server = this.connection.getStandalone();
		if (server != null && !settings.containsKey("url")) {
			settings.put("host", server.getHost());
			settings.put("port", server.getPort());
		}
		// What is asked just before the process is frozen is answered when it goes on.
		settings.put("timeout", "1m");
		return settings;
	}

	private Map<String, Object> given(String prefix) {
		return new HashMap<>(Binder.get(this.environment).bind(prefix, SETTINGS).orElseGet(Map::of));
	}

}
