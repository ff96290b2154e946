/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.function.Supplier;

/**
 * What a proxy by interfaces shows of {@link Orders}.
 */
public interface OrderDesk {

	<T> T reserve(String id, Supplier<T> work);

}
