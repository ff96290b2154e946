/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import org.jspecify.annotations.Nullable;

/**
 * What a store answers to a {@linkplain LockCommands#yield yield}.
 *
 * @param released what became of the token that gave the lock up
 * @param acquired what became of the token that asked for it, or {@code null} if that is
 * unknown: then whoever uses it asks once more, and learns why
 * @since 0.1.0
 */
public record YieldAnswer(ReleaseAnswer released, @Nullable AcquireAnswer acquired) {

}
