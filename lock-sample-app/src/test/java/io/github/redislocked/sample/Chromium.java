/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.springframework.util.FileSystemUtils;

/**
 * A real browser without a window, if one is installed: Chromium and its driver, as
 * Debian has them. Nothing is ever downloaded.
 */
final class Chromium implements AutoCloseable {

	private final Path profile;

	private final ChromeDriver driver;

	private Chromium(Path profile, ChromeDriver driver) {
		this.profile = profile;
		this.driver = driver;
	}

	/**
	 * Starts a browser with an empty profile.
	 * @return the browser; where there is none, the test is skipped
	 */
	static Chromium start() {
		Optional<File> browser = find("chromium");
		Optional<File> service = find("chromedriver");
		Assumptions.assumeTrue(browser.isPresent() && service.isPresent(),
				"There is no Chromium with its driver; Debian: apt-get install chromium chromium-driver");
		try {
			Path profile = Files.createTempDirectory("chromium");
			ChromeOptions options = new ChromeOptions().setBinary(browser.orElseThrow());
			options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
					"--disable-background-networking", "--disable-component-update", "--disable-sync",
					"--disable-dev-shm-usage", "--window-size=1180,1000", "--user-data-dir=" + profile);
			options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
			return new Chromium(profile, new ChromeDriver(
					new ChromeDriverService.Builder().usingDriverExecutable(service.orElseThrow()).build(), options));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<File> find(String program) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> new File(folder, program))
			.filter(File::canExecute)
			.findFirst();
	}

	ChromeDriver driver() {
		return this.driver;
	}

	/**
	 * Runs a script in the page.
	 */
	Object run(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	/**
	 * Lets the page look as it would elsewhere.
	 * @param width width of the window
	 * @param scheme light or dark
	 * @param motion no-preference or reduce
	 */
	void look(int width, String scheme, String motion) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 400));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme),
						Map.of("name", "prefers-reduced-motion", "value", motion))));
	}

	/**
	 * Takes a picture of the page, all of it, and leaves it beside the jar.
	 */
	void picture(String name) {
		Map<String, Object> picture = this.driver.executeCdpCommand("Page.captureScreenshot",
				Map.of("captureBeyondViewport", true));
		try {
			Files.write(Path.of(System.getProperty("sample.jar")).resolveSibling(name + ".png"),
					Base64.getDecoder().decode(String.valueOf(picture.get("data"))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns what the console has been told since the last question.
	 */
	List<String> console() {
		return this.driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
	}

	/**
	 * Returns what has happened on the network since the last question, as JSON.
	 */
	List<String> network() {
		return this.driver.manage().logs().get("performance").getAll().stream().map(Object::toString).toList();
	}

	@Override
	public void close() {
		this.driver.quit();
		FileSystemUtils.deleteRecursively(this.profile.toFile());
	}

}
