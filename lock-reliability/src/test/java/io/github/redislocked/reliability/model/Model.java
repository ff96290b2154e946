/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A module with a configuration, both in the resources beside this class, and with what
 * differs from that configuration.
 *
 * @param module the name of the module
 * @param configuration the name of the configuration
 * @param constants constants that have another value, as written in a configuration
 * @param property the only property that is checked, or {@code null} for all
 */
record Model(String module, String configuration, Map<String, String> constants, @Nullable String property) {

	static Model of(String module, String configuration) {
		return new Model(module, configuration, Map.of(), null);
	}

	Model with(String constant, Object value) {
		Map<String, String> changed = new LinkedHashMap<>(this.constants);
		changed.put(constant, value.toString());
		return new Model(this.module, this.configuration, changed, this.property);
	}

	Model without(String guard) {
		return with("Broken", "{\"%s\"}".formatted(guard));
	}

	Model checking(String only) {
		return new Model(this.module, this.configuration, this.constants, only);
	}

	/**
	 * Writes both files.
	 * @param directory where to
	 */
	void write(Path directory) {
		try {
			Files.writeString(directory.resolve(this.module + ".tla"), resource(this.module + ".tla"));
			Files.writeString(directory.resolve(this.module + ".cfg"), configured());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String configured() throws IOException {
		String text = resource(this.configuration + ".cfg");
		for (Map.Entry<String, String> constant : this.constants.entrySet()) {
			Matcher line = Pattern.compile("(?m)^  %s = .*$".formatted(constant.getKey())).matcher(text);
			if (!line.find()) {
				throw new IllegalStateException("%s has no constant %s".formatted(this.configuration, constant));
			}
			text = line
				.replaceFirst(Matcher.quoteReplacement("  %s = %s".formatted(constant.getKey(), constant.getValue())));
		}
		if (this.property != null) {
			String kind = "(INVARIANT|PROPERTY) ";
			if (text.lines().noneMatch((line) -> line.matches(kind + this.property))) {
				throw new IllegalStateException("%s does not check %s".formatted(this.configuration, this.property));
			}
			text = text.lines()
				.filter((line) -> !line.matches(kind + ".*") || line.endsWith(' ' + this.property))
				.collect(Collectors.joining("\n", "", "\n"));
		}
		return text;
	}

	private static String resource(String name) throws IOException {
		try (InputStream content = Model.class.getResourceAsStream(name)) {
			if (content == null) {
				throw new IllegalStateException("There is no resource " + name);
			}
			return new String(content.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Override
	public String toString() {
		return this.configuration + ((this.constants.isEmpty()) ? "" : " with " + this.constants)
				+ ((this.property != null) ? ", " + this.property : "");
	}

}
