/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import org.springframework.beans.factory.DisposableBean;

/**
 * Ends beans outside of a Spring context.
 */
final class Shutdown {

	private Shutdown() {
	}

	static void of(DisposableBean bean) {
		try {
			bean.destroy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
