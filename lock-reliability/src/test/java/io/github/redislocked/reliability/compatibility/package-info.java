/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * The same behaviour on every server: an application on a container's Redis.
 */
@NullMarked
package io.github.redislocked.reliability.compatibility;

import org.jspecify.annotations.NullMarked;
