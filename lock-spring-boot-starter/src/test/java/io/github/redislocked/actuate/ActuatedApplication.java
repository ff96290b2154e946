/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.TestRedis;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An application on a real port, of which operators ask something over HTTP.
 */
final class ActuatedApplication implements AutoCloseable {

	/**
	 * The argument that exposes the endpoint.
	 */
	static final String EXPOSED = "--management.endpoints.web.exposure.include=redislocks";

	/**
	 * The argument that allows forced releases.
	 */
	static final String FORCE = "--redis-lock.actuator.force-release=true";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private ActuatedApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts an application that has nothing of its own.
	 * @param server its Redis
	 * @param settings arguments that all applications of a test have
	 * @param arguments those of this one
	 * @return the application
	 */
	static ActuatedApplication start(TestRedis server, List<String> settings, String... arguments) {
		return start(Empty.class, server, settings, arguments);
	}

	/**
	 * Starts an application.
	 * @param source its configuration
	 * @param server its Redis
	 * @param settings arguments that all applications of a test have
	 * @param arguments those of this one
	 * @return the application
	 */
	static ActuatedApplication start(Class<?> source, TestRedis server, List<String> settings, String... arguments) {
		return new ActuatedApplication(new SpringApplicationBuilder(source).web(WebApplicationType.SERVLET)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("server.port", 0, "spring.data.redis.host", "127.0.0.1", "spring.data.redis.port",
					server.port(), "spring.jmx.enabled", false, "logging.level.root", "warn"))
			.run(Stream.concat(settings.stream(), Stream.of(arguments)).toArray(String[]::new)));
	}

	LockTemplate locks() {
		return this.context.getBean(LockTemplate.class);
	}

	boolean has(Class<?> bean) {
		return !this.context.getBeansOfType(bean).isEmpty();
	}

	HttpResponse<String> health() throws IOException, InterruptedException {
		return ask("GET", "health/redisLock");
	}

	/**
	 * Asks the endpoint {@code redislocks} for something.
	 * @param path what follows its name
	 * @return the answer
	 */
	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send("GET", path);
	}

	HttpResponse<String> lock(String key) throws IOException, InterruptedException {
		return get(path(key));
	}

	HttpResponse<String> delete(String key, String token) throws IOException, InterruptedException {
		return send("DELETE", path(key) + "?token=" + UriUtils.encode(token, UTF_8));
	}

	/**
	 * Sends something to the endpoint {@code redislocks}.
	 * @param method the method of HTTP
	 * @param path what follows the endpoint's name
	 * @return the answer
	 */
	HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
		return ask(method, "redislocks" + path);
	}

	static String path(String key) {
		return "/" + UriUtils.encodePath(key, UTF_8);
	}

	private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port")
				+ "/actuator/" + path);
		return HTTP.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Empty {

	}

}
