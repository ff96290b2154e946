/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something that an instance tells all visitors.
 *
 * @param kind what has happened
 * @param show in which show
 * @param instance who tells it: the label that begins the owner tokens of its locks
 * @param lane where it is drawn, if a caller did it
 * @param caller who did it, if a caller did
 * @param hold the lock under which it was done, if any
 * @param call which customers are called, if any
 * @param text a sentence for visitors, if any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Happening(Kind kind, Show show, String instance, @Nullable String lane, @Nullable String caller,
		@Nullable Hold hold, @Nullable Call call, @Nullable String text) {

	static Happening of(Kind kind, Show show, String instance, @Nullable String text) {
		return new Happening(kind, show, instance, null, null, null, null, text);
	}

	/**
	 * What can happen.
	 */
	enum Kind {

		/** A show begins: all figures are new. */
		BEGIN,

		/** The show says what is going on. */
		SAY,

		/** Customers are called. */
		CALL,

		/** A caller waits for the lock. */
		WAIT,

		/** A caller is inside. */
		ENTER,

		/** The lease of a caller who is inside lasts longer than was told. */
		RENEWED,

		/** A caller has bought, and leaves. */
		SOLD,

		/** A caller finds nothing in stock, and leaves. */
		SOLD_OUT,

		/** A caller has done what it wanted, and leaves. */
		DONE,

		/** A caller's write was refused by its fencing token; it leaves. */
		REFUSED,

		/** A caller did not get the lock in time. */
		TIMED_OUT,

		/** A caller learns that it had lost the lock. */
		LOST,

		/** Something went wrong. */
		FAILED,

		/** A holder has been frozen. */
		FROZEN,

		/** A frozen holder goes on. */
		THAWED,

		/** A holder has been killed. */
		KILLED,

		/** The show is over. */
		END;

		/**
		 * Returns whether a caller is gone after that.
		 */
		boolean last() {
			return this == SOLD || this == SOLD_OUT || this == REFUSED || this == TIMED_OUT || this == FAILED;
		}

	}

}
