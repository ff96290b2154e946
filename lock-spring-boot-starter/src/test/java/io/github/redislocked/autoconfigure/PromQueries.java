/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queries for Prometheus that the documentation has, and what they ask of an export:
 * meters, their labels, and values of them.
 */
final class PromQueries {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)\\})? \\S+$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

	private static final Pattern SELECTOR = Pattern.compile("(redis_\\w+)(?:\\{([^}]*)\\})?");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|group_left) \\(([^)]*)\\)");

	private static final Pattern WORD = Pattern.compile("[a-z_]\\w*");

	private static final Set<String> WORDS = Set.of("sum", "max", "rate", "increase", "histogram_quantile",
			"label_values", "or", "unless", "offset", "by", "on", "group_left", "le");

	private final Map<String, Map<String, Set<String>>> exported = new TreeMap<>();

	/**
	 * Reads an export.
	 * @param export in the text format of Prometheus
	 */
	PromQueries(String export) {
		for (Matcher sample = SAMPLE.matcher(export); sample.find();) {
			Map<String, Set<String>> labels = this.exported.computeIfAbsent(sample.group(1), (name) -> new TreeMap<>());
			for (Matcher label = LABEL.matcher(String.valueOf(sample.group(2))); label.find();) {
				labels.computeIfAbsent(label.group(1), (name) -> new HashSet<>()).add(label.group(3));
			}
		}
	}

	/**
	 * Asserts that a query finds something in the export.
	 * @param query the query
	 */
	void assertAnswerable(String query) {
		assertThat(query.chars().filter((c) -> c == '(').count()).as(query)
			.isEqualTo(query.chars().filter((c) -> c == ')').count());
		Set<String> known = new HashSet<>(WORDS);
		int selectors = 0;
		for (Matcher selector = SELECTOR.matcher(query); selector.find(); selectors++) {
			String meter = selector.group(1);
			assertThat(this.exported).as(query).containsKey(meter);
			Map<String, Set<String>> labels = this.exported.get(meter);
			known.add(meter);
			known.addAll(labels.keySet());
			for (Matcher label = LABEL.matcher(String.valueOf(selector.group(2))); label.find();) {
				assertThat(labels).as(query).containsKey(label.group(1));
				assertHas(query, labels.get(label.group(1)), label.group(2), label.group(3));
			}
		}
		assertThat(selectors).as("meters in " + query).isPositive();
		for (Matcher grouping = GROUPING.matcher(query); grouping.find();) {
			Stream.of(grouping.group(1).split(", *"))
				.filter((label) -> !label.isEmpty())
				.forEach((label) -> assertThat(known).as(query).contains(label));
		}
		String bare = query.replaceAll("\"[^\"]*\"", "").replaceAll("\\[[^]]*\\]|offset \\d+[smhd]", "");
		for (Matcher word = WORD.matcher(bare); word.find();) {
			assertThat(known).as(query).contains(word.group());
		}
	}

	private static void assertHas(String query, Set<String> values, String operator, String value) {
		if (value.startsWith("$")) {
			return;
		}
		if (operator.endsWith("~")) {
			Stream.of(value.split("\\|")).forEach((each) -> assertThat(values).as(query).contains(each));
		}
		else {
			assertThat(values).as(query).contains(value);
		}
	}

	/**
	 * Returns the queries of a page, which stand in blocks of their own.
	 * @param page its path from the root of the project
	 * @return the queries
	 */
	static List<String> ofPage(String page) {
		List<String> queries = new ArrayList<>();
		for (Matcher block = Pattern.compile("(?s)```promql\n(.*?)\n```").matcher(read(page)); block.find();) {
			queries.add(block.group(1));
		}
		return queries;
	}

	/**
	 * Returns the queries of a dashboard.
	 * @param dashboard its path from the root of the project
	 * @return the queries of all its panels and variables
	 */
	static List<String> ofDashboard(String dashboard) {
		List<String> queries = new ArrayList<>();
		collect(JsonParserFactory.getJsonParser().parseMap(read(dashboard)), queries);
		return queries;
	}

	private static void collect(Object json, List<String> queries) {
		if (json instanceof Map<?, ?> map) {
			if (map.get("expr") instanceof String query) {
				queries.add(query);
			}
			if (map.get("query") instanceof String query && query.startsWith("label_values(")) {
				queries.add(query);
			}
			map.values().forEach((value) -> collect(value, queries));
		}
		else if (json instanceof List<?> list) {
			list.forEach((value) -> collect(value, queries));
		}
	}

	private static String read(String file) {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(directory.resolve("docs"))) {
			directory = directory.getParent();
		}
		try {
			return Files.readString(directory.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
