/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.List;
import java.util.Set;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a listing of locks costs, and what it cannot do.
 */
class ListingLimitsIntegrationTests {

	private static final String PREFIX = "redis-lock:";

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenThereAreManyOtherKeysThenNoPageLooksAtAllOfThem(Driver driver) {
		try (ListingServer server = ListingServer.start(LockRights.QUEUE);
				ListingProcess process = server.process(driver, PREFIX)) {
			server.numbers("other:", 30_000);
			Set<String> keys = Set.of("a", "b", "c");
			keys.forEach(process::acquire);
			TestRedis.resetStatistics(server.redis());
			LockPage page = process.page(null, 1000);
			assertThat(page.nextCursor()).isNotNull();
			assertThat(TestRedis.calls(server.redis(), "scan")).isBetween(10L, 20L);
			assertThat(ListingProcess.keys(1000, process)).containsExactlyInAnyOrderElementsOf(keys);
			TestRedis.resetStatistics(server.redis());
			assertThat(process.page(null, 1).locks().size()).isLessThan(3);
			assertThat(TestRedis.calls(server.redis(), "scan")).isBetween(1L, 1000L);
			assertThat(ListingProcess.keys(50, process)).containsExactlyInAnyOrderElementsOf(keys);
		}
	}

	@ParameterizedTest
	@EnumSource(LockRights.class)
	void whenACursorIsOfAnotherRedisOrPrefixOrRunThenTheAnswerSaysSo(LockRights protocol) {
		ListingServer server = ListingServer.start(protocol);
		try (ListingServer other = ListingServer.start(protocol)) {
			String cursor = begun(server);
			ListingProcess here = server.process(Driver.LETTUCE, PREFIX);
			assertThat(here.page(cursor, 5).locks()).isNotEmpty();
			assertRefused(other.process(Driver.LETTUCE, PREFIX), cursor);
			assertRefused(server.process(Driver.LETTUCE, "other:"), cursor);
			server.close();
			server = ListingServer.startOn(protocol, server.server().port());
			assertRefused(server.process(Driver.LETTUCE, PREFIX), cursor);
			assertThat(server.process(Driver.LETTUCE, PREFIX).page(null, 5)).isEqualTo(new LockPage(List.of(), null));
		}
		finally {
			server.close();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenTheUserMayNotListThenThatFailsAloneAndNamesTheRight(Driver driver) {
		for (LockRights protocol : LockRights.values()) {
			try (ListingServer server = ListingServer.start(protocol);
					ListingProcess process = server.processWithoutTheRight(driver, PREFIX)) {
				process.release("order:42", process.acquire("order:42"));
				LockStoreException ex = catchThrowableOfType(LockStoreException.class, () -> process.page(null, 10));
				assertThat(ex).hasMessageContaining("could not be listed")
					.hasMessageContaining(LockRights.added(protocol.forListing()));
				assertThat(ex.isTransient()).isFalse();
				assertThat(ex.key()).isEmpty();
			}
		}
	}

	@Test
	void whenRedisIsGoneThenTheFailureCanPass() {
		ListingServer server = ListingServer.start(LockRights.QUEUE);
		try (ListingProcess process = server.process(Driver.JEDIS, PREFIX)) {
			assertThat(process.page(null, 10)).isEqualTo(new LockPage(List.of(), null));
			server.server().close();
			LockStoreException ex = catchThrowableOfType(LockStoreException.class, () -> process.page(null, 10));
			assertThat(ex).hasMessageContaining("could not be listed");
			assertThat(ex.isTransient()).isTrue();
		}
		finally {
			server.close();
		}
	}

	// The cursor of a page after which there is another one.
	private static String begun(ListingServer server) {
		ListingProcess process = server.process(Driver.JEDIS, PREFIX);
		for (int i = 0; i < 50; i++) {
			process.acquire("order:" + i);
		}
		String cursor = process.page(null, 5).nextCursor();
		assertThat(cursor).isNotNull();
		return cursor;
	}

	private static void assertRefused(ListingProcess process, String cursor) {
		assertThatIllegalArgumentException().isThrownBy(() -> process.page(cursor, 5))
			.withMessageContaining("cursor")
			.withMessageContaining("begin again");
	}

}
