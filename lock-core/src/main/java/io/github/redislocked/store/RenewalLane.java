/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

/**
 * Which renewals may hold each other up: those of one lane are sent one batch after the
 * other, those of different lanes never wait for each other. A lane stands for a server.
 *
 * @param name the name of the lane
 * @param batch how many renewals are sent together, at most
 * @since 0.1.0
 */
public record RenewalLane(String name, int batch) {

}
