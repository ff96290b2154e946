/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.util.List;
import java.util.function.Supplier;

import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.MethodSnapshot;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The endpoint {@code redislocks}, over HTTP. Like any other, it is not exposed unless
 * the application asks for it. It shows keys and owner tokens: let operators see it, and
 * nobody else.
 *
 * @since 0.1.0
 */
@WebEndpoint(id = "redislocks")
public final class RedisLocksEndpoint {

	private final LockInspector inspector;

	private final Supplier<List<MethodSnapshot>> methods;

	private final boolean forceRelease;

	/**
	 * Creates the endpoint.
	 * @param inspector what it shows
	 * @param methods gives the annotated methods
	 * @param forceRelease whether locks may be taken away through it
	 */
	public RedisLocksEndpoint(LockInspector inspector, Supplier<List<MethodSnapshot>> methods, boolean forceRelease) {
		this.inspector = inspector;
		this.methods = methods;
		this.forceRelease = forceRelease;
	}

	/**
	 * Shows what this process holds, who waits in it, and which of its methods are
	 * locked. Redis is not asked.
	 * @return the locks of this process
	 */
	@ReadOperation
	public InstanceLocks instance() {
		return new InstanceLocks(this.inspector.held(), this.inspector.waiting(), this.methods.get());
	}

	/**
	 * Shows what the whole fleet knows of one lock, from Redis.
	 * @param key the key, as the user names it; its slashes part the segments
	 * @return the lock
	 */
	@ReadOperation
	public LockSnapshot lock(@Selector(match = Match.ALL_REMAINING) String[] key) {
		return this.inspector.inspect(String.join("/", key));
	}

	/**
	 * Takes a lock away from its holder.
	 * @param key the key, as the user names it; its slashes part the segments
	 * @param token the owner token of the holder that is meant
	 * @return 200 if it has lost the lock, 409 if it does not hold it, 400 if that is no
	 * owner token, 403 if {@code redis-lock.actuator.force-release} is not {@code true}
	 */
	@DeleteOperation
	public WebEndpointResponse<ForcedRelease> forceRelease(@Selector(match = Match.ALL_REMAINING) String[] key,
			String token) {
		if (!this.forceRelease) {
			return refused("Nothing was done: forced releases are switched off. "
					+ "Set redis-lock.actuator.force-release to true to allow them.", 403);
		}
		try {
			return this.inspector.forceRelease(String.join("/", key), token)
					? new WebEndpointResponse<>(new ForcedRelease(true,
							"The holder has lost the lock. It may still be working until it notices."))
					: refused("Nothing was done: this token does not hold the lock.", 409);
		}
		catch (IllegalArgumentException ex) {
			return refused("Nothing was done: the key or the token cannot be one.", 400);
		}
	}

	private static WebEndpointResponse<ForcedRelease> refused(String message, int status) {
		return new WebEndpointResponse<>(new ForcedRelease(false, message), status);
	}

}
