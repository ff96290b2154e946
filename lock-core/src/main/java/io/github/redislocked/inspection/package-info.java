/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * What operators see of the locks, and what they can do about one.
 */
@NullMarked
package io.github.redislocked.inspection;

import org.jspecify.annotations.NullMarked;
