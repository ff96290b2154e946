/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.inspection.ListedLock;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockInspection;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One process that takes locks and lists those of the fleet.
 */
final class ListingProcess implements AutoCloseable {

	private static final int MOST_PAGES = 2000;

	private static final OwnerToken ONE = new OwnerToken("shop-1:00112233445566778899aabbccddeeff", 1);

	private final LockStore store;

	private final LockInspection inspection;

	private long tokens;

	ListingProcess(LockStore store) {
		this.store = store;
		this.inspection = store.inspection().orElseThrow();
	}

	OwnerToken acquire(String key) {
		return acquire(key, Duration.ofSeconds(30));
	}

	OwnerToken acquire(String key, Duration expire) {
		OwnerToken token = new OwnerToken(ONE.process(), ++this.tokens);
		assertThat(GetSetFixture.get(this.store.acquire(new AcquireRequest(key, token, expire, Duration.ZERO, 0))))
			.isInstanceOf(AcquireAnswer.Granted.class);
		return token;
	}

	void await(String key) {
		OwnerToken token = new OwnerToken("shop-2:ffeeddccbbaa99887766554433221100", ++this.tokens);
		assertThat(GetSetFixture
			.get(this.store.acquire(new AcquireRequest(key, token, Duration.ofSeconds(30), Duration.ofSeconds(30), 0))))
			.isInstanceOf(AcquireAnswer.Held.class);
	}

	void release(String key, OwnerToken token) {
		GetSetFixture.get(this.store.release(key, token));
	}

	LockInspection inspection() {
		return this.inspection;
	}

	LockPage page(@Nullable String cursor, int limit) {
		return this.inspection.list(cursor, limit);
	}

	/**
	 * Lists all there is, by processes that take turns, and looks at the size of each
	 * page.
	 */
	static List<ListedLock> walk(int limit, ListingProcess... processes) {
		List<ListedLock> all = new ArrayList<>();
		String cursor = null;
		for (int pages = 0; pages == 0 || cursor != null; pages++) {
			assertThat(pages).isLessThan(MOST_PAGES);
			LockPage page = processes[pages % processes.length].page(cursor, limit);
			assertThat(page.locks()).hasSizeLessThan(limit + 15);
			all.addAll(page.locks());
			cursor = page.nextCursor();
		}
		return all;
	}

	static List<String> keys(int limit, ListingProcess... processes) {
		return walk(limit, processes).stream().map(ListedLock::key).toList();
	}

	@Override
	public void close() {
		this.store.close();
	}

}
