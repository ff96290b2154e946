/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

import io.github.redislocked.store.OwnerToken;

/**
 * Makes the owner tokens of one process. The random part tells apart processes of one
 * label, and keeps the right to release from being guessed.
 */
final class OwnerTokens {

	private static final int RANDOM_BYTES = 16;

	private final String process;

	private final AtomicLong sequence = new AtomicLong();

	OwnerTokens(String label) {
		byte[] random = new byte[RANDOM_BYTES];
		new SecureRandom().nextBytes(random);
		this.process = label + ":" + HexFormat.of().formatHex(random);
	}

	OwnerToken next() {
		return new OwnerToken(this.process, this.sequence.incrementAndGet());
	}

}
