/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import org.jspecify.annotations.Nullable;

/**
 * A renewal that notes what becomes of it.
 */
class RecordedRenewal implements DueRenewal {

	private final Records records;

	private final String key;

	RecordedRenewal(Records records, String key) {
		this.records = records;
		this.key = key;
	}

	@Override
	public String key() {
		return this.key;
	}

	@Override
	public @Nullable RenewRequest request(long sentAt) {
		return new RenewRequest(this.key, new OwnerToken("p", 1), Duration.ofSeconds(1));
	}

	@Override
	public void done(long sentAt, RenewRequest request, @Nullable RenewAnswer answer, @Nullable Throwable failure) {
		if (failure != null) {
			this.records.failed.add(failure);
		}
		else {
			this.records.renewed.add(request.key());
		}
	}

	@Override
	public void failed() {
		this.records.unsent.add(this.key);
	}

	/**
	 * What became of all renewals of a test.
	 */
	static final class Records {

		final List<String> renewed = Collections.synchronizedList(new ArrayList<>());

		final List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());

		final List<String> unsent = Collections.synchronizedList(new ArrayList<>());

	}

}
