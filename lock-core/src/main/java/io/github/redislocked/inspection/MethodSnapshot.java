/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.inspection;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.Renewal;
import org.jspecify.annotations.Nullable;

/**
 * One annotated method, as its annotation was understood when its bean was created.
 *
 * @param method class and method, with the simple names of its parameters' types
 * @param name what kind of lock it is, in metrics and logs
 * @param keys which locks it takes
 * @param expire the lease time; {@code null} for the default one,
 * {@code redis-lock.expire}
 * @param timeout the wait budget; {@code null} for the default one,
 * {@code redis-lock.timeout}
 * @param renewal whether its leases are renewed
 * @param onTimeout what becomes of a call without the locks: {@code THROW}, {@code SKIP},
 * or {@code fallback} and the name of the method
 * @param onLoss what is done when a lock is lost: {@code REPORT} or {@code INTERRUPT}
 * @param afterTransaction whether the locks are kept until a surrounding transaction has
 * ended
 * @since 0.1.0
 */
public record MethodSnapshot(String method, String name, List<KeySnapshot> keys, @Nullable Duration expire,
		@Nullable Duration timeout, Renewal renewal, String onTimeout, String onLoss, boolean afterTransaction) {

	/**
	 * One key of an annotation.
	 *
	 * @param text the key as the annotation has it, placeholders resolved
	 * @param kind how it was understood
	 */
	public record KeySnapshot(String text, KeyKind kind) {

	}

	/**
	 * How a key was understood.
	 */
	public enum KeyKind {

		/**
		 * Text, the same in every call.
		 */
		LITERAL,

		/**
		 * An expression, whose value is the key, or several.
		 */
		EXPRESSION,

		/**
		 * Text with expressions in it.
		 */
		TEMPLATE

	}

}
