/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The numbers of a row that are known only when it runs.
 * <ul>
 * <li>{@code <micros0>} and {@code <second0>} are the server's clock when the row began,
 * in microseconds and in whole seconds.</li>
 * <li>{@code <micros...>} and {@code <second...>} with another ending are a moment since
 * then, the same one wherever it stands.</li>
 * <li>{@code <micros1+5>} and {@code <micros1-5>} are five more or less than that.</li>
 * <li>{@code <~500>} is at most 500, and less by what has passed since: five seconds at
 * most.</li>
 * <li>{@code <1..9>} is any number from 1 to 9.</li>
 * </ul>
 */
final class RowNumbers {

	private static final Pattern PLACE = Pattern.compile("<(~\\d+|\\d+\\.\\.\\d+|[a-z]+\\d+([+-]\\d+)?)>");

	private static final Pattern NAMED = Pattern.compile("([a-z]+\\d+)([+-]\\d+)?");

	private static final long PASSED_MILLIS = 5_000;

	private static final long MICROS = 1_000_000;

	private final Map<String, Long> known = new HashMap<>();

	private final LongSupplier clock;

	/**
	 * Begins a row.
	 * @param clock the server's, in microseconds
	 */
	RowNumbers(LongSupplier clock) {
		this.clock = clock;
		begin();
	}

	void begin() {
		long now = this.clock.getAsLong();
		this.known.put("micros0", now);
		this.known.put("second0", now / MICROS);
	}

	/**
	 * Fills in what is known.
	 */
	String fill(String text) {
		return PLACE.matcher(text).replaceAll((place) -> {
			Matcher named = named(place.group(1));
			return Long.toString(this.known.get(named.group(1)) + offset(named));
		});
	}

	/**
	 * Compares what came with what was expected, and remembers the numbers in it.
	 */
	void match(String what, String expected, String actual) {
		List<String> places = PLACE.matcher(expected).results().map((place) -> place.group(1)).toList();
		List<String> texts = new ArrayList<>();
		for (String text : PLACE.split(expected, -1)) {
			texts.add(Pattern.quote(text));
		}
		Matcher matcher = Pattern.compile(String.join("(-?\\d+)", texts)).matcher(actual);
		assertThat(matcher.matches()).as("%s is '%s', where '%s' was expected", what, actual, expected).isTrue();
		MatchResult numbers = matcher.toMatchResult();
		for (int i = 0; i < places.size(); i++) {
			check(what + " '" + actual + "', " + places.get(i), places.get(i), Long.parseLong(numbers.group(i + 1)));
		}
	}

	private void check(String what, String place, long number) {
		if (place.startsWith("~")) {
			long most = Long.parseLong(place.substring(1));
			assertThat(number).as(what).isBetween(Math.max(most - PASSED_MILLIS, 0), most);
		}
		else if (place.contains("..")) {
			String[] bounds = place.split("\\.\\.");
			assertThat(number).as(what).isBetween(Long.parseLong(bounds[0]), Long.parseLong(bounds[1]));
		}
		else {
			Matcher named = named(place);
			long base = number - offset(named);
			Long before = this.known.putIfAbsent(named.group(1), base);
			if (before != null) {
				assertThat(base).as(what).isEqualTo(before);
			}
			else {
				assertMomentOfThisRow(what, named.group(1), base);
			}
		}
	}

	private void assertMomentOfThisRow(String what, String name, long base) {
		long now = this.clock.getAsLong();
		if (name.startsWith("micros")) {
			assertThat(base).as(what).isBetween(this.known.get("micros0"), now);
		}
		else {
			assertThat(base).as(what).isBetween(this.known.get("second0"), now / MICROS);
		}
	}

	private static Matcher named(String place) {
		Matcher named = NAMED.matcher(place);
		if (!named.matches()) {
			throw new IllegalArgumentException("<" + place + "> has no value");
		}
		return named;
	}

	private static long offset(Matcher named) {
		return (named.group(2) != null) ? Long.parseLong(named.group(2)) : 0;
	}

}
