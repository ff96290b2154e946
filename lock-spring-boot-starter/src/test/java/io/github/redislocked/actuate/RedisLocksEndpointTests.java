/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.Renewal;
import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.MethodSnapshot;
import io.github.redislocked.inspection.WaiterSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the endpoint asks for, and that it asks for nothing else.
 */
class RedisLocksEndpointTests {

	private static final List<LeaseSnapshot> HELD = List.of(new LeaseSnapshot("order:42", "Orders.pay", "shop:0011:1",
			7, Instant.EPOCH, Duration.ofSeconds(1), 2, List.of("main"), 0));

	private static final List<WaiterSnapshot> WAITING = List.of(
			new WaiterSnapshot("order:42", null, Instant.EPOCH, Duration.ofSeconds(2), true),
			new WaiterSnapshot("order:43", null, Instant.EPOCH, Duration.ofSeconds(3), false));

	private static final List<MethodSnapshot> METHODS = List.of(new MethodSnapshot("Orders.pay(String)", "Orders.pay",
			List.of(), null, null, Renewal.AUTO, "THROW", "REPORT", true));

	private final List<String> asked = new ArrayList<>();

	private final RedisLocksEndpoint endpoint = new RedisLocksEndpoint(new Recorded(), () -> METHODS, false);

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "instance")
	void whenThisProcessIsMeantThenRedisIsNotAsked(@Nullable String scope) {
		WebEndpointResponse<?> answer = this.endpoint.locks(scope, null, null);
		assertThat(answer.getBody()).isEqualTo(new InstanceLocks(1, HELD, 2, WAITING, METHODS));
		assertThat(this.asked).containsExactlyInAnyOrder("held", "waiting");
	}

	@Test
	void whenTheFleetIsMeantThenAHundredLocksAreLookedAtFromTheBeginning() {
		this.endpoint.locks("fleet", null, null);
		assertThat(this.asked).containsExactly("list null 100");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 17, 1000, 0, -1, 1001, Integer.MAX_VALUE })
	void whenALimitOrACursorIsGivenThenItIsHandedOnAsItIs(int limit) {
		this.endpoint.locks("fleet", "0-1.ab.-.0", Integer.toString(limit));
		assertThat(this.asked).containsExactly("list 0-1.ab.-.0 " + limit);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			fleets,   ,
			FLEET,    ,
			'',       ,
			,         c,
			,         ,  5
			instance, c,
			instance, ,  5
			other,    c, 5
			fleet,    ,  1.5
			fleet,    ,  ' 5'
			fleet,    ,  2147483648
			fleet,    c, ''
			""")
	void whenAParameterIsNotUsableThenNobodyIsAsked(@Nullable String scope, @Nullable String cursor,
			@Nullable String limit) {
		assertThat(this.endpoint.locks(scope, cursor, limit).getStatus()).isEqualTo(400);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void whenAKeyHasSlashesThenItIsPutTogetherAgain() {
		this.endpoint.lock(new String[] { "a", "b c", "d" });
		assertThat(this.asked).containsExactly("inspect a/b c/d");
	}

	@Test
	void whenForcedReleasesAreAllowedThenTheTokenIsHandedOn() {
		RedisLocksEndpoint allowed = new RedisLocksEndpoint(new Recorded(), List::of, true);
		assertThat(allowed.forceRelease(new String[] { "a", "b" }, "shop:0011:1").getStatus()).isEqualTo(200);
		assertThat(this.asked).containsExactly("force a/b shop:0011:1");
	}

	@Test
	void whenForcedReleasesAreOffThenNobodyIsAsked() {
		WebEndpointResponse<ForcedRelease> answer = this.endpoint.forceRelease(new String[] { "a" }, "shop:0011:1");
		assertThat(answer.getStatus()).isEqualTo(403);
		assertThat(answer.getBody().released()).isFalse();
		assertThat(this.asked).isEmpty();
	}

	/**
	 * Notes what is asked of it.
	 */
	private final class Recorded implements LockInspector {

		@Override
		public List<LeaseSnapshot> held() {
			RedisLocksEndpointTests.this.asked.add("held");
			return HELD;
		}

		@Override
		public List<WaiterSnapshot> waiting() {
			RedisLocksEndpointTests.this.asked.add("waiting");
			return WAITING;
		}

		@Override
		public LockSnapshot inspect(String key) {
			RedisLocksEndpointTests.this.asked.add("inspect " + key);
			return LockSnapshot.free(key);
		}

		@Override
		public LockPage list(@Nullable String cursor, int limit) {
			RedisLocksEndpointTests.this.asked.add("list " + cursor + " " + limit);
			return new LockPage(List.of(), null);
		}

		@Override
		public boolean forceRelease(String key, String ownerToken) {
			RedisLocksEndpointTests.this.asked.add("force " + key + " " + ownerToken);
			return true;
		}

	}

}
