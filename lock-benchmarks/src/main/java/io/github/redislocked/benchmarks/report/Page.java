/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

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

/**
 * The page: a template, in which each measurement fills its place.
 */
public final class Page {

	private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z0-9-]+)}}");

	private final Map<String, String> texts = new LinkedHashMap<>();

	private final String template;

	private Page(String template) {
		this.template = template;
	}

	/**
	 * Begins the page of this module.
	 * @return an empty page
	 */
	public static Page ofTemplate() {
		try (InputStream template = Page.class.getResourceAsStream("/benchmarks.md")) {
			if (template == null) {
				throw new IllegalStateException("The template is missing");
			}
			return new Page(new String(template.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Fills a place.
	 * @param place its name
	 * @param text what stands there
	 * @throws IllegalArgumentException if the template has no such place
	 */
	public void fill(String place, String text) {
		if (!this.template.contains("{{" + place + "}}")) {
			throw new IllegalArgumentException("The template has no place called " + place);
		}
		this.texts.put(place, text.strip());
	}

	/**
	 * Writes the page.
	 * @param file where to
	 */
	public void write(Path file) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.writeString(file, toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		Matcher places = PLACE.matcher(this.template);
		return places.replaceAll((place) -> Matcher
			.quoteReplacement(this.texts.getOrDefault(place.group(1), "*Not measured in this run.*")));
	}

}
