/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * Applications with Spring Boot's own properties on each of the sets of servers.
 */
@NullMarked
package io.github.redislocked.reliability.topology;

import org.jspecify.annotations.NullMarked;
