/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.util.List;
import java.util.function.Supplier;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.MethodSnapshot;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable;

/**
 * The endpoint {@code redislocks}, over HTTP. Like any other, it is not exposed unless
 * the application asks for it. It shows keys and owner tokens: let operators see it, and
 * nobody else.
 * <p>
 * Parameters that may be left out have Spring's annotation for it: Actuator of Spring
 * Boot 3.5 knows no other.
 *
 * @since 0.1.0
 */
@WebEndpoint(id = "redislocks")
public final class RedisLocksEndpoint {

	private static final String DEFAULT_LIMIT = "100";

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
	 * locked, without asking Redis; or a page of the locks that the whole fleet holds,
	 * from Redis.
	 * @param scope {@code fleet} for the whole fleet; {@code instance}, the default, for
	 * this process
	 * @param cursor where a page of the fleet's locks begins: the {@code nextCursor} of
	 * the page before; none for the first one
	 * @param limit how many locks of the fleet to look at; 100 by default
	 * @return the locks of this process, or a page; 400 if a parameter is not usable, 503
	 * if Redis cannot list locks
	 */
	@ReadOperation
	public WebEndpointResponse<?> locks(@Nullable String scope, @Nullable String cursor, @Nullable String limit) {
		if ("fleet".equals(scope)) {
			return fleet(cursor, (limit != null) ? limit : DEFAULT_LIMIT);
		}
		if (scope != null && !scope.equals("instance")) {
			return unusable("scope is neither instance nor fleet: give one of them, or none for instance");
		}
		return (cursor == null && limit == null) ? new WebEndpointResponse<>(instance())
				: unusable("cursor and limit are for the locks of the whole fleet: add scope=fleet");
	}

	/**
	 * Shows what the whole fleet knows of one lock, from Redis.
	 * @param key the key, as the user names it; its slashes part the segments
	 * @return the lock; 400 if there can be no such key, 503 if Redis cannot say
	 */
	@ReadOperation
	public WebEndpointResponse<?> lock(@Selector(match = Match.ALL_REMAINING) String[] key) {
		return answered(() -> this.inspector.inspect(String.join("/", key)));
	}

	/**
	 * Takes a lock away from its holder.
	 * @param key the key, as the user names it; its slashes part the segments
	 * @param token the owner token of the holder that is meant
	 * @return 200 if it has lost the lock, 409 if it does not hold it, 400 if that is no
	 * owner token, 403 if {@code redis-lock.actuator.force-release} is not {@code true},
	 * 503 if Redis could not be told, or its answer was lost
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
		catch (LockStoreException ex) {
			return refused("It is not known whether the holder has lost the lock; to repeat it does no harm. "
					+ ex.getMessage(), 503);
		}
	}

	private InstanceLocks instance() {
		return InstanceLocks.of(this.inspector.held(), this.inspector.waiting(), this.methods.get());
	}

	private WebEndpointResponse<?> fleet(@Nullable String cursor, String limit) {
		try {
			int locks = Integer.parseInt(limit);
			return answered(() -> this.inspector.list(cursor, locks));
		}
		catch (NumberFormatException ex) {
			return unusable("limit is no whole number: give one from 1 to " + LockPage.MAX_LIMIT);
		}
	}

	private static WebEndpointResponse<?> answered(Supplier<?> question) {
		try {
			return new WebEndpointResponse<>(question.get());
		}
		catch (IllegalArgumentException ex) {
			return unusable(String.valueOf(ex.getMessage()));
		}
		catch (LockStoreException ex) {
			return new WebEndpointResponse<>(new Unlisted(String.valueOf(ex.getMessage())), 503);
		}
	}

	private static WebEndpointResponse<Unlisted> unusable(String message) {
		return new WebEndpointResponse<>(new Unlisted(message), 400);
	}

	private static WebEndpointResponse<ForcedRelease> refused(String message, int status) {
		return new WebEndpointResponse<>(new ForcedRelease(false, message), status);
	}

}
