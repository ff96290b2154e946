/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The live page in a browser, as a visitor uses it.
 */
final class LivePage {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Pattern PASSES = Pattern
		.compile("Handed over (?<all>\\d+) times: (?<inside>\\d+) inside an instance, (?<between>\\d+) between .*");

	private static final Pattern ORIGIN = Pattern.compile("\"ENTER\".*\"origin\":\"(\\w+)\"");

	private final Chromium browser;

	LivePage(Chromium browser, int port) {
		this.browser = browser;
		browser.driver().get("http://localhost:" + port + "/");
		awaitConnected();
	}

	private void awaitConnected() {
		await().atMost(PATIENCE).until(() -> "true".equals(this.browser.run("return document.body.dataset.connected")));
	}

	WebElement button(String show) {
		return this.browser.driver().findElement(By.cssSelector("button[data-show=" + show + "]"));
	}

	/**
	 * Presses a button, and waits until its show has begun.
	 */
	void begin(String show) {
		String last = data("stage", "show");
		button(show).click();
		awaitBegun(last);
	}

	void awaitBegun(String last) {
		await().atMost(PATIENCE).until(() -> !data("stage", "show").equals(last));
	}

	void awaitEnd() {
		await().atMost(PATIENCE).until(() -> data("stage", "state").equals("ended"));
	}

	void awaitMark(String kind) {
		await().atMost(PATIENCE).until(() -> marks(kind) > 0);
	}

	String text(String id) {
		return this.browser.driver().findElement(By.id(id)).getText();
	}

	int figure(String id) {
		return Integer.parseInt(text(id));
	}

	String data(String id, String name) {
		Object value = this.browser.run("return document.getElementById(arguments[0]).dataset[arguments[1]]", id, name);
		return (value != null) ? value.toString() : "";
	}

	int marks(String kind) {
		return drawn("[data-mark=" + kind + "]");
	}

	int drawn(String selector) {
		return this.browser.driver().findElements(By.cssSelector("#stage " + selector)).size();
	}

	/**
	 * Returns the titles of the instances.
	 */
	List<String> titles() {
		return this.browser.driver()
			.findElements(By.cssSelector("#stage h2"))
			.stream()
			.map(WebElement::getText)
			.toList();
	}

	@SuppressWarnings("unchecked")
	List<Bar> bars() {
		List<Map<String, String>> bars = (List<Map<String, String>>) this.browser
			.run("return [...document.querySelectorAll('#stage rect.bar')].map((bar) => ({...bar.dataset}))");
		assertThat(bars).isNotNull();
		return bars.stream()
			.map((bar) -> new Bar(bar.get("key"), bar.get("holder"), bar.get("instance"), bar.get("token"),
					Long.parseLong(bar.get("from")), Long.parseLong(bar.get("to"))))
			.sorted(Comparator.comparingLong(Bar::from).thenComparing(Bar::token))
			.toList();
	}

	/**
	 * Asserts that no two bars stand above each other, and that fencing tokens grow.
	 */
	void assertOneAtATime() {
		List<Bar> bars = bars();
		for (int i = 1; i < bars.size(); i++) {
			Bar before = bars.get(i - 1);
			Bar bar = bars.get(i);
			assertThat(bar.key()).isEqualTo(before.key()).isNotEmpty();
			assertThat(bar.from()).as("%s after %s", bar, before).isGreaterThanOrEqualTo(before.to());
			assertThat(Long.parseLong(bar.token())).as("%s after %s", bar, before)
				.isGreaterThan(Long.parseLong(before.token()));
		}
	}

	/**
	 * Asserts that locks are said to be handed over as often as callers were told so,
	 * inside an instance and between two.
	 * @param told all that was told of the show, as JSON
	 */
	void assertHandedOver(List<String> told) {
		Matcher said = PASSES.matcher(text("passes"));
		assertThat(said.matches()).as(text("passes")).isTrue();
		List<String> origins = told.stream()
			.map(ORIGIN::matcher)
			.filter(Matcher::find)
			.map((origin) -> origin.group(1))
			.toList();
		assertThat(origins).hasSameSizeAs(bars()).contains("LOCAL", "REMOTE");
		int inside = Collections.frequency(origins, "LOCAL");
		int between = Collections.frequency(origins, "REMOTE");
		assertThat(said.group("inside")).isEqualTo(Integer.toString(inside));
		assertThat(said.group("between")).isEqualTo(Integer.toString(between));
		assertThat(Integer.parseInt(said.group("all"))).isEqualTo(inside + between).isEqualTo(drawn(".mark.pass"));
	}

	/**
	 * Asserts that the legend has one entry for each kind of shape that is drawn.
	 */
	@SuppressWarnings("unchecked")
	void assertExplained() {
		List<String> drawn = (List<String>) this.browser
			.run("""
					return [...document.querySelectorAll('#stage .bar, #stage .beyond, #stage .dead, #stage .waiting, #stage .mark')]
						.map((shape) => '.' + [...shape.classList].filter((name) => name !== 'other').join('.'))
					""");
		assertThat(drawn).isNotEmpty();
		assertThat(Set.copyOf(drawn)).allSatisfy((kind) -> assertThat(
				this.browser.driver().findElements(By.cssSelector(".legend li:has(" + kind + ":last-child)")))
			.as(kind)
			.hasSize(1));
	}

	/**
	 * The time that a caller is inside, as it is drawn.
	 */
	record Bar(String key, String holder, String instance, String token, long from, long to) {

	}

}
