/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * The two protocols in TLA+, checked by TLC: see {@code docs/model.md}.
 */
@NullMarked
package io.github.redislocked.reliability.model;

import org.jspecify.annotations.NullMarked;
