/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * Evidence that the lock keeps its promises when servers, networks and processes fail.
 */
@NullMarked
package io.github.redislocked.reliability;

import org.jspecify.annotations.NullMarked;
