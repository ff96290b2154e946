/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * Tests of what Spring Boot Actuator shows of the locks.
 */
@NullMarked
package io.github.redislocked.actuate;

import org.jspecify.annotations.NullMarked;
