/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

/**
 * What became of a forced release.
 *
 * @param released whether the holder has lost the lock by it
 * @param message what that means, a sentence
 * @since 0.1.0
 */
public record ForcedRelease(boolean released, String message) {

}
