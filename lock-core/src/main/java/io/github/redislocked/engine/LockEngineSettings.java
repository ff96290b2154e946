/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;

/**
 * What an engine is told once, when it is made.
 *
 * @param instanceId label of this process, the beginning of every owner token: printable
 * ASCII without spaces
 * @param expire lease time where a spec gives none
 * @param timeout wait budget where a spec gives none
 * @param maxHold how long a lease may be renewed, counted from its acquisition
 * @param shutdownGrace how long closing the engine waits for held leases
 * @param localHandover how far a lock may pass from caller to caller without a command
 * @since 0.1.0
 */
public record LockEngineSettings(String instanceId, Duration expire, Duration timeout, Duration maxHold,
		Duration shutdownGrace, LocalHandover localHandover) {

}
