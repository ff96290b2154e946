/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A visitor without a browser: receives what the page would.
 */
final class EventStream implements AutoCloseable {

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final JsonMapper json = JsonMapper.builder().build();

	private final List<Entry> entries = new CopyOnWriteArrayList<>();

	private final HttpResponse<Stream<String>> response;

	private volatile boolean ended;

	private EventStream(HttpResponse<Stream<String>> response) {
		this.response = response;
		Thread thread = new Thread(this::read, "event-stream");
		thread.setDaemon(true);
		thread.start();
	}

	static EventStream open(int port, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/live/events"));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return new EventStream(client.send(request.build(), BodyHandlers.ofLines()));
	}

	private void read() {
		try {
			this.response.body().filter((line) -> line.startsWith("data:[")).forEach((line) -> {
				this.entries.addAll(json.readerFor(new TypeReference<List<Entry>>() {
				})
					.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
					.readValue(line.substring("data:".length())));
			});
		}
		catch (RuntimeException ex) {
			// The application has ended, or this was closed.
		}
		this.ended = true;
	}

	int status() {
		return this.response.statusCode();
	}

	String header(String name) {
		return this.response.headers().firstValue(name).orElse("");
	}

	boolean ended() {
		return this.ended;
	}

	List<Entry> entries() {
		return this.entries;
	}

	List<String> ids() {
		return this.entries.stream().map(Entry::id).toList();
	}

	boolean has(Happening.Kind kind) {
		return this.entries.stream().anyMatch((entry) -> entry.happening().kind() == kind);
	}

	@Override
	public void close() {
		this.response.body().close();
	}

}
