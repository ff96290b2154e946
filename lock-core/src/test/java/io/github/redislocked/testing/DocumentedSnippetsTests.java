/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link DocumentedSnippets}.
 */
class DocumentedSnippetsTests {

	@TempDir
	Path root;

	@BeforeEach
	void source() throws IOException {
		String name = DocumentedSnippetsTests.class.getName().replace('.', '/');
		Path source = this.root.resolve("some-module/src/test/java/" + name + ".java");
		Files.createDirectories(source.getParent());
		Files.writeString(source, """
				class Some {
					// tag::first[]
					void first() {
						work();
					}
					// end::first[]
				}
				""");
	}

	@Test
	void whenBlocksAreSnippetsThenPasses() throws IOException {
		page("""
				A page, with a setting:
				```yaml
				a: b
				```
				and code:
				```java
				void first() {
				    work();
				}
				```
				""");
		assertThatNoException().isThrownBy(this::check);
	}

	@Test
	void whenBlockIsNoSnippetThenFails() throws IOException {
		page("""
				```java
				void first() {
				    work();
				}
				```
				```java
				void second() {
				}
				```
				""");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this::check).withMessageContaining("second()");
	}

	@Test
	void whenBlockDiffersFromSnippetThenFails() throws IOException {
		page("""
				```java
				void first() {
				    rest();
				}
				```
				""");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this::check).withMessageContaining("rest()");
	}

	@Test
	void whenSnippetIsNotInPageThenFails() throws IOException {
		page("no code");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this::check).withMessageContaining("blocks of code");
	}

	private void page(String text) throws IOException {
		Files.writeString(this.root.resolve("page.md"), text);
	}

	private void check() {
		new DocumentedSnippets(this.root, "page.md").areFrom(DocumentedSnippetsTests.class);
	}

}
