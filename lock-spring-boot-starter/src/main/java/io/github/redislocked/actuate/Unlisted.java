/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

/**
 * Why a lock, or the locks of the fleet, cannot be shown.
 *
 * @param message what is wrong, and how to mend it
 * @since 0.1.0
 */
public record Unlisted(String message) {

}
