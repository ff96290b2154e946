/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Locks through TLS, set up by nothing but Spring Boot's own properties.
 */
class TlsIntegrationTests {

	private static final int TLS_PORT = Ports.next();

	private static TestCertificate certificate;

	private static TestRedis server;

	private static StringRedisTemplate redis;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		certificate = TestCertificate.create(directory);
		server = startWithTls();
		redis = server.template();
	}

	// A server that was built without TLS does not know these settings.
	private static TestRedis startWithTls() {
		try {
			return TestRedis.start("tls-port " + TLS_PORT, "tls-cert-file " + certificate.certificate(),
					"tls-key-file " + certificate.key(), "tls-ca-cert-file " + certificate.certificate(),
					"tls-auth-clients no");
		}
		catch (RuntimeException ex) {
			assumeThat(ex)
				.as("this redis-server has no TLS; with -Dredis.server=path the one of the PATH is asked: " + ex)
				.isNull();
			throw ex;
		}
	}

	@AfterAll
	static void stop() {
		if (server != null) {
			server.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenRedisSpeaksTlsThenLocksWakeUpsAndRenewalsDo(String driver) throws Exception {
		LockSpec spec = LockSpec.of("tls:" + driver).timeout(Duration.ofSeconds(20));
		try (ConfigurableApplicationContext one = run(driver, true);
				ConfigurableApplicationContext other = run(driver, true)) {
			Lease lease = one.getBean(LockTemplate.class).acquire(spec);
			Lease idle = other.getBean(LockTemplate.class).acquire(LockSpec.of("tls:other"));
			CompletableFuture<Lease> waiting = other.getBean(LockTemplate.class)
				.acquireAsync(spec)
				.toCompletableFuture();
			Awaitility.await().until(() -> TestRedis.channels(redis, "redis-lock:wake-up:*") == 1);
			// Longer than the lease lasts without a renewal.
			Awaitility.await().during(Duration.ofMillis(2500)).until(() -> lease.isHeld() && idle.isHeld());
			assertThat(waiting).isNotDone();
			long published = TestRedis.calls(redis, "publish");
			lease.close();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).satisfies(Lease::close);
			assertThat(TestRedis.calls(redis, "publish")).isGreaterThan(published);
			idle.close();

			List<String> ports = localPortsOfClients();
			assertThat(ports).filteredOn(String.valueOf(server.port())::equals).as("this test's own").hasSize(1);
			assertThat(ports).filteredOn(String.valueOf(TLS_PORT)::equals).hasSizeGreaterThanOrEqualTo(3);
			assertThat(ports).hasSameSizeAs(ports.stream().filter(TlsIntegrationTests::isKnown).toList());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenTheCertificateIsNotTrustedThenThereIsNoLock(String driver) {
		try (ConfigurableApplicationContext stranger = run(driver, false)) {
			LockTemplate locks = stranger.getBean(LockTemplate.class);
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> locks.acquire(LockSpec.of("stranger").timeout(Duration.ZERO)));
		}
		assertThat(redis.hasKey("redis-lock:{stranger}")).isFalse();
	}

	private static boolean isKnown(String port) {
		return port.equals(String.valueOf(TLS_PORT)) || port.equals(String.valueOf(server.port()));
	}

	private static List<String> localPortsOfClients() {
		return redis.execute((RedisConnection connection) -> connection.serverCommands().getClientList())
			.stream()
			.map((client) -> client.get("laddr").replaceFirst(".*:", ""))
			.toList();
	}

	private static ConfigurableApplicationContext run(String driver, boolean trusting) {
		Stream<String> common = Stream.of("--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + TLS_PORT,
				"--spring.data.redis.timeout=2s", "--spring.data.redis.client-type=" + driver,
				"--logging.level.root=error", "--redis-lock.expire=1500ms");
		Stream<String> tls = trusting
				? Stream.of("--redis-lock.startup-check=fail", "--spring.data.redis.ssl.bundle=redis",
						"--spring.ssl.bundle.pem.redis.truststore.certificate=file:" + certificate.certificate())
				: Stream.of("--spring.data.redis.ssl.enabled=true");
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run(Stream.concat(common, tls).toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
