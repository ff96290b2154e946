/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Imports {@link RedisLocksConfiguration} after the application's own configuration, so
 * that it sees what is there already.
 */
final class RedisLocksSelector implements DeferredImportSelector {

	@Override
	public String[] selectImports(AnnotationMetadata importer) {
		return new String[] { RedisLocksConfiguration.class.getName() };
	}

}
