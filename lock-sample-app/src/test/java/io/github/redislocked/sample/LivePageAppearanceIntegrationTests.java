/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the live page looks: light, dark, on a phone, and to who does not like motion. With
 * one instance, started without any setting. Pictures of it are left beside the jar.
 */
class LivePageAppearanceIntegrationTests {

	// Of each text that is shown: itself, and its contrast with the ground behind it.
	private static final String CONTRASTS = """
			const channels = (color) => color.match(/[\\d.]+/g).map(Number);
			const luminance = (color) => channels(color).slice(0, 3).map((value) => value / 255)
				.map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
				.reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
			const ground = (element) => {
				const color = getComputedStyle(element).backgroundColor;
				return (channels(color)[3] ?? 1) === 0 ? ground(element.parentElement) : color;
			};
			return [...document.querySelectorAll("body *")]
				.filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
				.filter((element) => element.checkVisibility() && !element.closest("title, .unseen"))
				.map((element) => {
					const style = getComputedStyle(element);
					const text = luminance(element instanceof SVGElement ? style.fill : style.color);
					const behind = luminance(ground(element));
					return { text: element.textContent,
						contrast: (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05) };
				});
			""";

	private static Chromium browser;

	private static SampleProcess instance;

	private static LivePage page;

	@BeforeAll
	static void open() {
		browser = Chromium.start();
		instance = SampleProcess.start("live-alone", "--server.port=0");
		page = new LivePage(browser, instance.awaitWebPort());
		assertThat(page.text("instances")).contains("One instance");
		page.begin("FREEZE");
		page.awaitEnd();
	}

	@AfterAll
	static void close() {
		if (instance != null) {
			instance.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void asOnADesktop() {
		browser.look(1100, "light", "no-preference");
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void whenLightOrDarkThenAllTextsCanBeRead(String scheme) {
		browser.look(1100, scheme, "no-preference");
		assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
			.isEqualTo(scheme.equals("dark") ? "rgb(18, 22, 28)" : "rgb(250, 249, 246)");
		assertThat(contrasts()).hasSizeGreaterThan(25)
			.allSatisfy((text) -> assertThat(((Number) text.get("contrast")).doubleValue())
				.as(String.valueOf(text.get("text")))
				.isGreaterThanOrEqualTo(4.5));
		browser.picture("live-page-" + scheme);
	}

	@Test
	void whenOnAPhoneThenNothingIsCutOff() {
		browser.look(320, "light", "no-preference");
		browser.picture("live-page-phone");
		assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(320L);
		assertThat(browser
			.run("""
					return [...document.querySelectorAll('button, dd, dt, p, h1, h2, .lane-name, #stage text')]
						.filter((element) => element.checkVisibility() && !element.matches('.unseen'))
						.filter((element) => element.getBoundingClientRect().right > 321 || element.getBoundingClientRect().left < -1)
						.map((element) => element.textContent)
					"""))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.isEmpty();
		assertThat(browser.run("""
				return Math.min(...[...document.querySelectorAll('button')].map((button) => button.offsetHeight))
				""")).as("height of the smallest button").isEqualTo(44L);
	}

	@Test
	void whenThereIsRoomThenMarksAreNamedAndNoNameIsOverAnother() {
		page.begin("FREEZE");
		page.awaitEnd();
		for (int width : new int[] { 1100, 720 }) {
			browser.look(width, "light", "no-preference");
			Awaitility.await()
				.untilAsserted(() -> assertThat(shown(".mark-name")).contains("frozen", "stale write refused"));
			assertThat(browser
				.run("""
						const texts = [...document.querySelectorAll('#stage text')].filter((text) => text.textContent && text.checkVisibility())
							.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
						return texts.flatMap((one, index) => texts.slice(index + 1)
							.filter((other) => one.box.left < other.box.right && other.box.left < one.box.right
								&& one.box.top < other.box.bottom && other.box.top < one.box.bottom)
							.map((other) => one.text + ' over ' + other.text))
						"""))
				.as("at %d", width)
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.isEmpty();
		}
		browser.look(390, "light", "no-preference");
		Awaitility.await().untilAsserted(() -> assertThat(shown(".mark-name")).isEmpty());
		assertThat(shown(".mark")).isNotEmpty();
	}

	@Test
	void whenMotionIsNotLikedThenDrawnTwiceASecond() {
		long smooth = drawings("no-preference");
		long calm = drawings("reduce");
		assertThat(calm).isPositive().isLessThan(smooth / 2);
	}

	// How often the line of now has moved within two seconds of a show.
	private static long drawings(String motion) {
		browser.look(1100, "light", motion);
		page.begin("CONTEST");
		page.awaitMark("gave-up");
		Object drawings = browser.driver().executeAsyncScript("""
				const done = arguments[0];
				let count = 0;
				const observer = new MutationObserver(() => count++);
				observer.observe(document.getElementById("axis"), { childList: true });
				setTimeout(() => { observer.disconnect(); done(count); }, 2000);
				""");
		page.awaitEnd();
		return ((Number) drawings).longValue();
	}

	@SuppressWarnings("unchecked")
	private static List<String> shown(String selector) {
		List<String> texts = (List<String>) browser.run("""
				return [...document.querySelectorAll('#stage %s')].filter((shape) => shape.checkVisibility())
					.map((shape) => shape.textContent)
				""".formatted(selector));
		assertThat(texts).isNotNull();
		return texts;
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> contrasts() {
		List<Map<String, Object>> contrasts = (List<Map<String, Object>>) browser.run(CONTRASTS);
		assertThat(contrasts).isNotNull();
		return contrasts;
	}

}
