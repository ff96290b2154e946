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

	private static final List<String> QUEUE_SCRIPTS = List.of("queue-head.lua", "queue-common.lua", "queue-acquire.lua",
			"queue-acquire-free.lua", "queue-release.lua", "queue-release-held.lua", "queue-yield.lua",
			"queue-cancel.lua", "queue-renew.lua", "queue-confirm.lua", "inspect-common.lua", "queue-inspect.lua",
			"queue-force-release.lua");

	private static final List<String> GETSET_SCRIPTS = List.of("getset-common.lua", "getset-acquire.lua",
			"getset-release.lua", "getset-renew.lua", "inspect-common.lua", "getset-inspect.lua",
			"getset-force-release.lua");

	private static final List<String> LISTING_SCRIPTS = List.of("find-locks.lua");

	// It calls the commands that it is given.
	private static final String CHECKING_SCRIPT = "check-rights.lua";

	@Test
	void whenAScriptUsesACommandThenThatIsListedAndNothingElse() throws IOException {
		assertThat(used(QUEUE_SCRIPTS)).containsExactlyInAnyOrderElementsOf(LockRights.QUEUE.inScripts());
		assertThat(used(GETSET_SCRIPTS)).containsExactlyInAnyOrderElementsOf(LockRights.GETSET.inScripts());
	}

	@Test
	void whenLocksAreListedThenThatNeedsNoMoreThanIsListed() throws IOException {
		// INFO is for the check at start-up, too, and CLUSTER NODES for the drivers.
		assertThat(used(LISTING_SCRIPTS)).containsExactlyInAnyOrder("cluster|nodes", "getrange", "info", "scan");
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
				// Both protocols have inspect-common.lua.
				assertThat(files.map((file) -> file.getFileName().toString()).filter((name) -> name.endsWith(".lua")))
					.hasSameElementsAs(
							Stream.of(QUEUE_SCRIPTS, GETSET_SCRIPTS, LISTING_SCRIPTS, List.of(CHECKING_SCRIPT))
								.flatMap(List::stream)
								.toList());
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

	private static Set<String> used(List<String> scripts) throws IOException {
		Set<String> commands = new TreeSet<>();
		for (String script : scripts) {
			try (var in = LockRights.class.getResourceAsStream(script)) {
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
