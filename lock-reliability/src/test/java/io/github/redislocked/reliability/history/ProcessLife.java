/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.List;

/**
 * One process that used locks.
 *
 * @param number its number in its history
 * @param token the part of its owner tokens that names it
 * @param startedAt when it was started
 * @param endedAt when it was killed or asked to end, {@link Long#MAX_VALUE} if it was not
 * @param frozen when it stood still, without overlaps
 * @param failures errors that its callers saw
 */
public record ProcessLife(int number, String token, long startedAt, long endedAt, List<Span> frozen,
		List<Failure> failures) {

}
