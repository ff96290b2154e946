/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What the page asks for.
 */
@RestController
@RequestMapping("/live")
class LiveController {

	private final Visitors visitors;

	private final Stage stage;

	LiveController(Visitors visitors, Stage stage) {
		this.visitors = visitors;
		this.stage = stage;
	}

	/**
	 * Tells what all instances on the same Redis do, the last show from its beginning.
	 */
	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events(@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
		return this.visitors.welcome((last != null && last.matches("\\d{1,15}-\\d{1,15}")) ? last : Feed.START)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"Too many are looking already; try again later"));
	}

	// It takes JSON only, which pages of other sites cannot send.
	@PostMapping(path = "/shows", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.ACCEPTED)
	Show begin(@RequestBody Wish wish) throws InterruptedException {
		if (wish.kind() == null) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Say which kind of show");
		}
		if (wish.kind() == ShowKind.BUYERS && wish.locked() == null) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Say whether the buyers use the lock");
		}
		if (wish.kind() == ShowKind.FREEZE && !HolderProcess.CAN_BE_FROZEN) {
			throw new ResponseStatusException(HttpStatus.NOT_IMPLEMENTED,
					"This system has no signal that stops a process");
		}
		return this.stage.begin(wish.kind(), !Boolean.FALSE.equals(wish.locked()))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.CONFLICT,
					"A show is running; one can begin when it has ended"));
	}

	/**
	 * What a visitor wants to see.
	 *
	 * @param kind what is to be shown
	 * @param locked whether buyers are to use the lock, for a show with buyers
	 */
	record Wish(@Nullable ShowKind kind, @Nullable Boolean locked) {

	}

}
