/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import java.util.regex.Pattern;

/**
 * The value that proves one acquisition, written {@code label:random:sequence}. The part
 * before the sequence names the process; the sequence numbers that a process uses on one
 * key grow, and are closed in that order.
 *
 * @param process label and 128 random bits, as {@code label:random}
 * @param sequence number of the acquisition in its process, from 1
 * @since 0.1.0
 */
public record OwnerToken(String process, long sequence) {

	private static final Pattern PROCESS = Pattern.compile("[!-~]+");

	/**
	 * Creates an owner token.
	 * @throws IllegalArgumentException if the process is not made of printable ASCII
	 * without spaces, or the sequence is not positive
	 */
	public OwnerToken {
		if (!PROCESS.matcher(process).matches()) {
			throw new IllegalArgumentException(
					"The process part of an owner token must be printable ASCII without spaces, but is '" + process
							+ "'");
		}
		if (sequence < 1) {
			throw new IllegalArgumentException("The sequence of an owner token starts at 1, but is " + sequence);
		}
	}

	/**
	 * Reads an owner token.
	 * @param text the written form
	 * @return the owner token
	 * @throws IllegalArgumentException if the text is no owner token
	 */
	public static OwnerToken parse(String text) {
		int colon = text.lastIndexOf(':');
		if (colon < 0) {
			throw new IllegalArgumentException("'" + text + "' is no owner token");
		}
		return new OwnerToken(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
	}

	/**
	 * Returns the label of the process, for people.
	 * @return the process without its random part
	 */
	public String label() {
		int colon = this.process.lastIndexOf(':');
		return (colon < 0) ? this.process : this.process.substring(0, colon);
	}

	@Override
	public String toString() {
		return this.process + ":" + this.sequence;
	}

}
