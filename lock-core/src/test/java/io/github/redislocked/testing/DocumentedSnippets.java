/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds a page of documentation to code that is compiled and run. What stands in a test
 * source between {@code // tag::name[]} and {@code // end::name[]} is a snippet, without
 * its indentation and with four spaces for a tab. Every block of Java or Kotlin in the
 * page has to be one of the snippets, line by line, and every snippet a block.
 *
 * <pre class="code">
 * DocumentedSnippets.ofPage("docs/fencing.md").areFrom(FencingSnippetsTests.class);</pre>
 */
public final class DocumentedSnippets {

	private static final List<String> LANGUAGES = List.of("java", "kotlin");

	private final Path root;

	private final Path page;

	DocumentedSnippets(Path root, String page) {
		this.root = root;
		this.page = root.resolve(page);
	}

	/**
	 * Begins with a page.
	 * @param page its path from the root of the project
	 * @return the snippets that it shows
	 */
	public static DocumentedSnippets ofPage(String page) {
		return new DocumentedSnippets(projectRoot(), page);
	}

	/**
	 * Asserts that the blocks of the page are the snippets of some sources.
	 * @param sources top-level classes of this project, main or test
	 */
	public void areFrom(Class<?>... sources) {
		Map<String, String> snippets = new LinkedHashMap<>();
		for (Class<?> source : sources) {
			read(sourceOf(source), snippets);
		}
		List<String> blocks = blocks();
		assertThat(blocks).as("blocks of code in %s", this.page.getFileName()).isNotEmpty();
		for (String block : blocks) {
			assertThat(snippets.values()).as("snippets that %s shows", this.page.getFileName()).contains(block);
		}
		snippets.forEach(
				(name, text) -> assertThat(blocks).as("%s shows %s", this.page.getFileName(), name).contains(text));
	}

	private List<String> blocks() {
		List<String> blocks = new ArrayList<>();
		List<String> open = null;
		for (String line : lines(this.page)) {
			if (open != null && line.equals("```")) {
				blocks.add(String.join("\n", open));
				open = null;
			}
			else if (open != null) {
				open.add(line);
			}
			else if (line.startsWith("```") && LANGUAGES.contains(line.substring(3).strip())) {
				open = new ArrayList<>();
			}
		}
		return blocks;
	}

	private Path sourceOf(Class<?> type) {
		String name = type.getName().replace('.', '/');
		try (Stream<Path> modules = Files.list(this.root)) {
			return modules
				.flatMap(
						(module) -> Stream
							.of("src/test/java/" + name + ".java", "src/main/java/" + name + ".java",
									"src/test/kotlin/" + name + ".kt")
							.map(module::resolve))
				.filter(Files::exists)
				.findFirst()
				.orElseThrow(() -> new AssertionError("There is no source of " + type));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void read(Path source, Map<String, String> snippets) {
		String name = null;
		List<String> lines = new ArrayList<>();
		for (String line : lines(source)) {
			String begun = tag(line, "tag::");
			String ended = tag(line, "end::");
			if (begun != null) {
				assertThat(name).as("the snippet that %s is in", begun).isNull();
				name = begun;
				lines.clear();
			}
			else if (ended != null) {
				assertThat(ended).as("the end of a snippet").isEqualTo(name);
				assertThat(snippets.put(ended, text(lines))).as("another snippet named %s", ended).isNull();
				name = null;
			}
			else {
				lines.add(line);
			}
		}
		assertThat(name).as("a snippet without an end in %s", source.getFileName()).isNull();
	}

	private static @Nullable String tag(String line, String kind) {
		String comment = line.strip();
		String start = "// " + kind;
		return (comment.startsWith(start) && comment.endsWith("[]"))
				? comment.substring(start.length(), comment.length() - 2) : null;
	}

	private static String text(List<String> lines) {
		return String.join("\n", lines).replace("\t", "    ").stripIndent().strip();
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path projectRoot() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(directory.resolve("docs"))) {
			directory = directory.getParent();
			assertThat(directory).as("the root of the project").isNotNull();
		}
		return directory;
	}

}
