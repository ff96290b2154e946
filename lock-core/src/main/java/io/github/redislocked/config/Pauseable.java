/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

/**
 * What {@link org.springframework.context.SmartLifecycle} has from Spring Framework 7 on:
 * a context may be paused and resumed, as happens between test classes. A closed engine
 * cannot be resumed.
 */
interface Pauseable {

	boolean isPauseable();

}
