/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * Sets of Redis servers, and what can be done to them.
 */
@NullMarked
package io.github.redislocked.reliability.server;

import org.jspecify.annotations.NullMarked;
