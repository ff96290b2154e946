/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

/**
 * What a store answers when a grant is to be confirmed.
 *
 * @param owned whether the token owned the lock, and has it for the time asked for
 * @param replicas how many replicas have answered that they have it, too
 * @param wanted how many the store is told to ask for
 * @since 0.1.0
 */
public record ConfirmAnswer(boolean owned, long replicas, int wanted) {

	/**
	 * Returns whether the caller may rely on the lock.
	 * @return {@code true} if the token owns it, and enough replicas have answered
	 */
	public boolean isConfirmed() {
		return this.owned && this.replicas >= this.wanted;
	}

}
