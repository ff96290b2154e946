/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.redislocked.sample.LivePage.Bar;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The live page in a real browser, with two instances on one Redis: every button does
 * what it says, and every figure is the one in Redis.
 */
class LivePageIntegrationTests {

	// As many as a lock may pass inside an instance.
	private static final int RESERVED = 16;

	private static final Pattern REQUEST = Pattern.compile("\"(?:documentURL|url)\":\"(https?:[^\"]*)");

	private static final Pattern TOKEN = Pattern.compile("\"ENTER\".*\"token\":(\\d+)");

	private static final String REFUSAL = "status of 409";

	private static TestRedis redis;

	private static StringRedisTemplate template;

	private static Chromium browser;

	private static List<SampleProcess> instances = List.of();

	private LivePage page;

	@BeforeAll
	static void open() {
		browser = Chromium.start();
		redis = TestRedis.start();
		template = redis.template();
		instances = List.of(start("one"), start("two"));
		instances.forEach(SampleProcess::awaitWebPort);
	}

	private static SampleProcess start(String name) {
		return SampleProcess.start("live-" + name, "--server.port=0", "--spring.data.redis.port=" + redis.port(),
				"--redis-lock.instance-id=" + name);
	}

	@AfterAll
	static void close() {
		instances.forEach(SampleProcess::close);
		if (redis != null) {
			redis.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void visit() {
		// Of one that has failed.
		await().atMost(Duration.ofMinutes(2)).until(() -> !template.hasKey("redis-lock:{live:stage}"));
		browser.console();
		browser.network();
		this.page = new LivePage(browser, instances.get(0).awaitWebPort());
	}

	@AfterEach
	void allIsExplainedAndNothingElseIsAsked() {
		this.page.assertExplained();
		assertThat(browser.network()).flatExtracting((line) -> REQUEST.matcher(line).results().toList())
			.extracting((MatchResult request) -> request.group(1))
			.isNotEmpty()
			.allMatch((url) -> url.startsWith("http://localhost:"));
		assertThat(browser.console()).allMatch((line) -> line.contains(REFUSAL));
	}

	@Test
	void whenBuyersUseTheLockThenExactlyWhatThereIsIsSold() {
		assertThat(this.page.text("instances")).contains("2 instances");
		this.page.begin("BUYERS");
		this.page.awaitEnd();
		assertThat(this.page.figure("sold")).isEqualTo(100);
		assertThat(this.page.figure("stock")).isZero();
		assertThat(this.page.figure("sentAway")).isEqualTo(100);
		assertThat(this.page.figure("oversold")).isZero();
		assertFiguresAgreeWithRedis();
		assertThat(this.page.bars()).hasSize(200).extracting(Bar::instance).contains("one", "two");
		this.page.assertOneAtATime();
		this.page.assertHandedOver(toldInRedis());
		assertThat(this.page.drawn("path.waiting[d*=M]")).as("instances where some wait").isEqualTo(2);
		assertThat(this.page.titles()).containsExactlyInAnyOrder("one (serves this page)", "two");
		assertThat(this.page.text("sentence")).contains("100 lamps were sold, 0 are left");
		// A late visitor, at the other instance, sees the same.
		List<Bar> bars = this.page.bars();
		LivePage other = new LivePage(browser, instances.get(1).awaitWebPort());
		await().untilAsserted(() -> assertThat(other.bars()).isEqualTo(bars));
		assertThat(other.figure("sold")).isEqualTo(100);
		assertThat(other.titles()).containsExactlyInAnyOrder("one", "two (serves this page)");
	}

	@Test
	void whenBuyersDoNotLockThenMoreIsSoldThanThereIs() {
		browser.driver().findElement(By.id("locked")).click();
		this.page.begin("BUYERS");
		this.page.awaitEnd();
		assertThat(this.page.figure("sold")).isGreaterThan(100);
		assertThat(this.page.figure("oversold")).isEqualTo(this.page.figure("sold") - 100);
		assertFiguresAgreeWithRedis();
		List<Bar> bars = this.page.bars();
		assertThat(bars).anySatisfy((bar) -> assertThat(bars)
			.anyMatch((other) -> other != bar && other.from() < bar.to() && bar.from() < other.to()));
		assertThat(this.page.text("sentence")).contains("Without the lock", "were sold of 100");
	}

	@Test
	void whenTheHolderIsFrozenThenItsStaleWriteIsRefused() {
		this.page.begin("FREEZE");
		this.page.awaitMark("frozen");
		assertHolderIsInRedis();
		// Another visitor's show has to wait.
		this.page.button("BUYERS").click();
		await().untilAsserted(() -> assertThat(this.page.text("note")).contains("A show is running"));
		this.page.awaitEnd();
		assertThat(this.page.text("note")).isEmpty();
		browser.look(1200, "light", "no-preference");
		browser.picture("live-page");
		assertThat(this.page.figure("refused")).isOne();
		assertThat(this.page.figure("sold")).isEqualTo(4);
		assertThat(this.page.figure("sold") + this.page.figure("stock")).isEqualTo(100);
		assertFiguresAgreeWithRedis();
		assertThat(List.of("frozen", "thawed", "bad", "lost"))
			.allSatisfy((kind) -> assertThat(this.page.marks(kind)).isOne());
		assertThat(this.page.drawn("rect.beyond")).isOne();
		this.page.assertOneAtATime();
		List<Bar> bars = this.page.bars();
		assertThat(bars).hasSize(5).extracting(Bar::holder).first().isEqualTo("holder");
		assertThat(template.opsForHash().get("{live}:shelf", "fence")).isEqualTo(bars.get(4).token());
	}

	@Test
	void whenTheHolderIsKilledThenTheNextHasTheLockWhenTheLeaseIsOver() {
		this.page.begin("KILL");
		this.page.awaitMark("bad");
		assertHolderIsInRedis();
		long pid = Long.parseLong(this.page.data("holder", "instance").replaceAll(".*:", ""));
		await().until(() -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
		this.page.awaitEnd();
		this.page.assertOneAtATime();
		Bar killed = this.page.bars().get(0);
		assertThat(killed.holder()).isEqualTo("holder");
		assertThat(Duration.ofMillis(killed.to() - killed.from())).as("its lease, without what the drift may be")
			.isBetween(Duration.ofMillis(3000), Duration.ofMillis(4000));
		assertThat(this.page.drawn("rect.dead")).isOne();
		assertThat(this.page.figure("sold")).isEqualTo(4);
		assertThat(this.page.figure("sold") + this.page.figure("stock")).isEqualTo(100);
		assertFiguresAgreeWithRedis();
	}

	@Test
	void whenFourContendThenOneAtATimeWins() {
		this.page.begin("CONTEST");
		this.page.awaitMark("gave-up");
		this.page.awaitEnd();
		assertThat(this.page.bars()).hasSizeGreaterThan(2);
		this.page.assertOneAtATime();
		List<String> told = toldInRedis();
		assertThat(this.page.bars()).extracting(Bar::token)
			.containsExactlyElementsOf(
					told.stream().map(TOKEN::matcher).filter(Matcher::find).map((token) -> token.group(1)).toList());
		long gaveUp = told.stream().filter((event) -> event.contains("\"TIMED_OUT\"")).count();
		assertThat(this.page.marks("gave-up")).isPositive().isEqualTo((int) gaveUp);
		assertThat(this.page.text("sentence"))
			.contains("had %d times, by one contender at a time; %d times".formatted(this.page.bars().size(), gaveUp));
		assertThat(this.page.figure("stock")).isEqualTo(100);
		assertFiguresAgreeWithRedis();
		// It takes longer than the lease that keeps other shows away.
		assertThat(instances).noneMatch((instance) -> instance.log().contains("A lock of Stage was lost"));
	}

	@Test
	void whenThereIsOnlyAKeyboardThenItIsEnough() {
		String last = this.page.data("stage", "show");
		browser.driver().findElement(By.tagName("body")).sendKeys(Keys.TAB);
		WebElement focused = browser.driver().switchTo().activeElement();
		assertThat(focused).isEqualTo(this.page.button("BUYERS"));
		assertThat(focused.getCssValue("outline-style")).isEqualTo("solid");
		focused.sendKeys(Keys.TAB);
		WebElement lock = browser.driver().switchTo().activeElement();
		lock.sendKeys(Keys.SPACE);
		assertThat(browser.run("return document.getElementById('locked').checked")).isEqualTo(false);
		lock.sendKeys(Keys.SHIFT, Keys.TAB);
		browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
		this.page.awaitBegun(last);
		this.page.awaitEnd();
		assertThat(browser.run("return document.getElementById('spoken').textContent")).asString()
			.contains(this.page.figure("sold") + " sold");
	}

	private void assertFiguresAgreeWithRedis() {
		Map<Object, Object> shelf = template.opsForHash().entries("{live}:shelf");
		for (String name : List.of("sold", "stock", "sentAway", "refused")) {
			assertThat(shelf).containsEntry(name, Integer.toString(this.page.figure(name)));
		}
	}

	// What was told of the show, in its order.
	private static List<String> toldInRedis() {
		return template.<String, String>opsForStream()
			.range("{live}:events", Range.unbounded())
			.stream()
			.map((entry) -> entry.getValue().get("event"))
			.toList();
	}

	// While nobody else can get it.
	private void assertHolderIsInRedis() {
		String instance = this.page.data("holder", "instance");
		long token = Long.parseLong(this.page.data("holder", "token"));
		assertThat(template.opsForValue().get("redis-lock:{live:lamp}")).startsWith(instance + ":");
		assertThat(template.opsForHash().get("redis-lock:{live:lamp}:fence", "last"))
			.isEqualTo(Long.toString(token + RESERVED));
		assertThat(this.page.text("holder")).contains("holder of " + instance, "fencing token " + token);
	}

}
