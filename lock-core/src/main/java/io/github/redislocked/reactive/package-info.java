/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * Locked methods that return publishers, and the current lease of a Reactor pipeline.
 */
@NullMarked
package io.github.redislocked.reactive;

import org.jspecify.annotations.NullMarked;
