/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.util.List;

import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.MethodSnapshot;
import io.github.redislocked.inspection.WaiterSnapshot;

/**
 * The locks of this process.
 *
 * @param held what it holds
 * @param waiting who waits in it
 * @param methods its annotated methods, and how each was understood
 * @since 0.1.0
 */
public record InstanceLocks(List<LeaseSnapshot> held, List<WaiterSnapshot> waiting, List<MethodSnapshot> methods) {

}
