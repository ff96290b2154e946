/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * What the lock tells and leaves to Micrometer.
 */
@NullMarked
package io.github.redislocked.observation;

import org.jspecify.annotations.NullMarked;
