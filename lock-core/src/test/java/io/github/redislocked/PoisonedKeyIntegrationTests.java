/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.config.EnableRedisLocks;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedLog;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is told of a lock whose key would like to forge a line of the log: nothing at INFO
 * and above has the key, nothing at all has a line break or an owner token.
 */
@DisabledIfSystemProperty(named = "redis.user", matches = "restricted",
		disabledReason = "takes rights from another user")
class PoisonedKeyIntegrationTests {

	private static final String KEY = "order\r\nERROR forged\u2028\u0085end";

	private static final String LOCK = "redis-lock:{" + KEY + "}";

	private static TestRedis server;

	private static StringRedisTemplate redis;

	private final List<LockEvent> events = new CopyOnWriteArrayList<>();

	private RecordedLog log;

	private AnnotationConfigApplicationContext context;

	private LockTemplate locks;

	@BeforeAll
	static void startServer() {
		server = TestRedis.start();
		redis = server.template();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void start() {
		this.log = RecordedLog.ofAllLevels("io.github.redislocked");
		this.context = new AnnotationConfigApplicationContext();
		this.context.registerBean(RedisConnectionFactory.class, () -> server.connect(Driver.LETTUCE));
		this.context.registerBean(LockListener.class, () -> this.events::add);
		this.context.register(Application.class);
		this.context.refresh();
		this.locks = this.context.getBean(LockTemplate.class);
	}

	@AfterEach
	void nothingIsForged() {
		redis.delete(List.of(LOCK, LOCK + ":queue", LOCK + ":fence"));
		this.context.close();
		this.log.close();
		assertThat(this.log.everything(Level.TRACE)).allSatisfy(this::hasNeitherLineBreakNorToken);
		assertThat(this.log.everything(Level.INFO)).noneMatch((text) -> text.contains("order"));
		assertThat(this.events).extracting(LockEvent::toString).allSatisfy(this::hasNeitherLineBreakNorToken);
	}

	@Test
	void whenALockIsLostThenItIsNamedByItsMethod() {
		Shop shop = this.context.getBean(Shop.class);
		Throwable ex = catchThrowableOfType(LockLostException.class, () -> shop.ship(KEY, (lease) -> {
			redis.delete(LOCK);
			Awaitility.await().until(() -> !lease.isHeld());
		}));
		hasNoKey(ex);
		assertThat(this.log.warnings()).anyMatch((text) -> text.startsWith("A lock of Shop.ship was lost: "));
		Awaitility.await().until(() -> !this.events.isEmpty());
		assertThat(this.log.everything(Level.TRACE)).anyMatch((text) -> text.contains("order??ERROR forged??end"));
	}

	@Test
	void whenALockTakenInCodeHasANameThenThatIsLogged() throws InterruptedException {
		lose(LockSpec.of(KEY).name("stock\nWARN forged"));
		assertThat(this.log.warnings()).anyMatch((text) -> text.startsWith(
				"A lock of stock?WARN forged was lost: Redis did not know the lease any longer when it was renewed. "));
	}

	@Test
	void whenALockTakenInCodeHasNoNameThenItsKeyIsNotLoggedInstead() throws InterruptedException {
		lose(LockSpec.of(KEY));
		assertThat(this.log.warnings()).anyMatch((text) -> text.startsWith("A lock was lost: "));
	}

	@Test
	void whenAReleaseFailsThenTheKeyIsNotNamed() throws InterruptedException {
		Lease lease = this.locks.acquire(LockSpec.of(KEY));
		acl("-eval", "-evalsha");
		try {
			lease.close();
			Awaitility.await().until(() -> this.log.warnings().size() >= 1);
			hasNoKey(catchThrowableOfType(LockStoreException.class, () -> this.locks.acquire(LockSpec.of("free"))));
		}
		finally {
			acl("+@all");
		}
		Awaitility.await().until(() -> !redis.hasKey(LOCK));
	}

	@Test
	void whenALockIsHeldThenTheKeyIsNotNamed() throws InterruptedException {
		try (Lease lease = this.locks.acquire(LockSpec.of(KEY))) {
			LockNotAcquiredException ex = catchThrowableOfType(LockNotAcquiredException.class,
					() -> this.locks.acquire(LockSpec.of(KEY).timeout(Duration.ofMillis(100))));
			hasNoKey(ex);
			assertThat(ex.holder()).contains(lease.ownerToken());
			assertThat(ex).hasMessageContaining("(held by ");
		}
	}

	@Test
	void whenTheRedisKeyHoldsSomethingElseThenTheKeyIsNotNamed() {
		redis.opsForValue().set(LOCK, "mine\r\nERROR forged");
		hasNoKey(catchThrowableOfType(LockStoreException.class, () -> this.locks.acquire(LockSpec.of(KEY))));
		redis.delete(LOCK);
		redis.opsForList().rightPush(LOCK, "mine");
		hasNoKey(catchThrowableOfType(LockStoreException.class, () -> this.locks.acquire(LockSpec.of(KEY))));
		Awaitility.await().until(() -> !this.log.everything(Level.TRACE).isEmpty());
	}

	@Test
	void whenAWakeUpIsForgedThenItIsNotQuoted() throws InterruptedException {
		redis.opsForValue().set(LOCK, "another:1:1", Duration.ofMinutes(1));
		try (Lease lease = this.locks.acquire(LockSpec.of("free"))) {
			var waiting = this.locks.acquireAsync(LockSpec.of(KEY).timeout(Duration.ofSeconds(20)))
				.toCompletableFuture();
			Awaitility.await().until(() -> TestRedis.channels(redis, "redis-lock:wake-up:*") == 1);
			String token = lease.ownerToken();
			String channel = "redis-lock:wake-up:" + token.substring(0, token.lastIndexOf(':'));
			redis.convertAndSend(channel, "x\r\nERROR order forged 1 1 a:1 k");
			redis.convertAndSend(channel, "1 1 1 " + token + "\r\nERROR order forged");
			redis.convertAndSend(channel, "1 1 1 " + token.replace(':', ' ') + " order");
			Awaitility.await()
				.until(() -> this.log.warnings().stream().filter(PoisonedKeyIntegrationTests::isOfWakeUp).count() == 3);
			assertThat(waiting.cancel(false)).isTrue();
		}
	}

	private static boolean isOfWakeUp(String warning) {
		return warning.startsWith("A wake-up could not be read: ");
	}

	private void hasNoKey(Throwable thrown) {
		assertThat(thrown).isNotNull();
		assertThat(((LockException) thrown).key()).isNotNull();
		for (Throwable ex = thrown; ex != null; ex = ex.getCause()) {
			assertThat(ex.toString()).doesNotContain("order");
			hasNeitherLineBreakNorToken(ex.toString());
		}
	}

	private void lose(LockSpec spec) throws InterruptedException {
		try (Lease lease = this.locks.acquire(spec)) {
			redis.delete(LOCK);
			Lease other = lease;
			catchThrowableOfType(LockLostException.class, () -> other.renew(Duration.ofSeconds(30)));
		}
		catch (LockLostException ex) {
			hasNoKey(ex);
		}
	}

	private void hasNeitherLineBreakNorToken(String text) {
		assertThat(text).doesNotContainPattern("[\\r\\n\u2028\u0085]")
			.doesNotContainPattern("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])");
	}

	private static void acl(String... rules) {
		byte[][] command = Stream.concat(Stream.of("SETUSER", "default"), Stream.of(rules))
			.map((word) -> word.getBytes(StandardCharsets.UTF_8))
			.toArray(byte[][]::new);
		redis.execute((RedisConnection connection) -> connection.execute("ACL", command));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class Application {

		@Bean
		Shop shop() {
			return new Shop();
		}

	}

	static class Shop {

		@RedisLocked(key = "#id", name = "Shop.ship", expire = "3s", renew = Renewal.ALWAYS)
		void ship(String id, Consumer<Lease> work) {
			work.accept(Lease.current().orElseThrow());
		}

	}

}
