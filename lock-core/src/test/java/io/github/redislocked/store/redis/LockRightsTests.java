/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LockRights}: what it lists is what is used, and what the page on
 * security shows.
 */
class LockRightsTests {

	private static final Pattern CALL = Pattern.compile("redis\\.p?call\\('(\\w+)'(?:, '(NUMSUB|NODES)')?");

	@Test
	void whenAScriptUsesACommandThenThatIsListedAndNothingElse() throws IOException {
		assertThat(used("queue-head", "queue-common", "queue-acquire", "queue-acquire-free", "queue-release",
				"queue-release-held", "queue-yield", "queue-cancel", "queue-renew", "queue-confirm", "queue-inspect",
				"queue-force-release"))
			.containsExactlyInAnyOrderElementsOf(LockRights.QUEUE.inScripts());
		assertThat(used("getset-common", "getset-acquire", "getset-release", "getset-renew", "getset-inspect",
				"getset-force-release"))
			.containsExactlyInAnyOrderElementsOf(LockRights.GETSET.inScripts());
	}

	@Test
	void whenLocksAreListedThenThatNeedsNoMoreThanIsListed() throws IOException {
		// INFO is for the check at start-up, too, and CLUSTER NODES for the drivers.
		assertThat(used("find-locks")).containsExactlyInAnyOrder("cluster|nodes", "getrange", "info", "scan");
		assertThat(LockRights.GETSET.forListing()).containsExactlyInAnyOrder("getrange", "scan");
		assertThat(LockRights.QUEUE.forListing()).containsExactly("scan");
		assertThat(Stream.of(LockRights.values()).flatMap((rights) -> rights.commands().stream()))
			.doesNotContain("getrange", "scan");
		assertThat(page())
			.anyMatch((line) -> line.contains("`" + LockRights.added(LockRights.QUEUE.forListing()) + "`"))
			.anyMatch((line) -> line.contains("`" + LockRights.added(LockRights.GETSET.forListing()) + "`"));
	}

	@Test
	void whenAScriptIsAddedThenItIsLookedAt() throws IOException, URISyntaxException {
		URL head = LockRights.class.getResource("queue-head.lua");
		assertThat(head).isNotNull();
		if (head.getProtocol().equals("file")) {
			try (Stream<Path> files = Files.list(Path.of(head.toURI()).getParent())) {
				assertThat(files.filter((file) -> file.toString().endsWith(".lua"))).hasSize(20);
			}
		}
	}

	@Test
	void whenThePageShowsAUserThenItHasTheseRights() {
		List<String> shown = page().filter((line) -> line.startsWith("ACL SETUSER ")).toList();
		String user = "ACL SETUSER locks reset on >PASSWORD ";
		assertThat(shown).containsExactly(user + LockRights.QUEUE.rules("redis-lock:"),
				user + LockRights.QUEUE.rules("redis-lock:") + " +client|setinfo",
				user + LockRights.GETSET.rules("redis-lock:"));
	}

	private static Set<String> used(String... scripts) throws IOException {
		Set<String> commands = new TreeSet<>();
		for (String script : scripts) {
			try (var in = LockRights.class.getResourceAsStream(script + ".lua")) {
				CALL.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
					.results()
					.forEach((call) -> commands.add(name(call)));
			}
		}
		return commands;
	}

	private static String name(MatchResult call) {
		return ((call.group(2) != null) ? call.group(1) + "|" + call.group(2) : call.group(1)).toLowerCase();
	}

	private static Stream<String> page() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(directory.resolve("docs"))) {
			directory = directory.getParent();
		}
		try {
			return Files.readAllLines(directory.resolve("docs/security.md")).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
