/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.redislocked.reliability.history.Check;
import io.github.redislocked.reliability.history.Disturbance;
import io.github.redislocked.reliability.history.Span;
import io.github.redislocked.reliability.history.Violation;
import io.github.redislocked.reliability.server.Address;
import io.github.redislocked.reliability.server.Servers;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Disturbances}.
 */
class DisturbancesTests {

	private static final Fault FAULT = Fault.of("fault", Duration.ZERO, false, (site) -> {
	});

	private static final Fault FAIL_OVER = FAULT.revivedBy((site) -> {
	});

	private final Electorate servers = new Electorate();

	private final Disturbances disturbances = new Disturbances(this.servers, Duration.ofSeconds(2));

	@Test
	void whenAFaultMovesThePrimaryThenThatIsItsOwn() {
		this.disturbances.look();
		long begin = System.nanoTime();
		this.servers.primaries = Set.of(2);
		this.disturbances.struck(FAIL_OVER, begin, System.nanoTime());
		this.disturbances.look();
		assertThat(this.disturbances.all()).extracting(Disturbance::fault).containsExactly("fault");
	}

	@Test
	void whenThePrimaryHasMovedByItselfThenNoExclusionIsPromised() {
		long meanwhile = System.nanoTime();
		this.servers.primaries = Set.of(2);
		this.disturbances.struck(FAULT, meanwhile, meanwhile);
		this.disturbances.look();
		this.disturbances.look();
		assertThat(this.disturbances.all()).hasSize(2).last().satisfies((failOver) -> {
			assertThat(failOver.fault()).isEqualTo("a fail-over that no fault has caused");
			assertThat(failOver.excludes(new Violation(Check.EXCLUSION, "k", meanwhile, ""))).isTrue();
			assertThat(failOver.excludes(new Violation(Check.FENCING, "k", meanwhile, ""))).isTrue();
			assertThat(failOver.excludes(new Violation(Check.BOUNDED_WAIT, "k", meanwhile, ""))).isFalse();
			assertThat(failOver.errorsExpected()).isTrue();
		});
	}

	@Test
	void whenThePrimaryHasMovedAndComeBackThenNoExclusionIsPromised() {
		long meanwhile = System.nanoTime();
		this.servers.failOvers += 2;
		this.disturbances.look();
		this.disturbances.look();
		assertThat(this.disturbances.all()).singleElement()
			.matches((failOver) -> failOver.excludes(new Violation(Check.EXCLUSION, "k", meanwhile, "")));
	}

	@Test
	void whenAServerWasLateThenThatIsNotedUnlessAFaultExplainsIt() {
		Fault disturbing = Fault.of("disturbing", Duration.ofNanos(50), true, (site) -> {
		});
		this.disturbances.struck(disturbing, 1_000, 1_100);
		this.disturbances.struck(FAULT, 2_000, 2_100);
		this.disturbances.answeredLate(new Span(1_050, 1_150));
		assertThat(this.disturbances.all()).hasSize(2);
		this.disturbances.answeredLate(new Span(1_050, 1_151));
		this.disturbances.answeredLate(new Span(2_050, 2_060));
		assertThat(this.disturbances.all()).hasSize(4).last().satisfies((late) -> {
			assertThat(late.fault()).isEqualTo("a late answer that no fault has caused");
			assertThat(late.errorsExpected()).isTrue();
			assertThat(late.excludes()).isEmpty();
			assertThat(late.settledAt()).isBetween(1_000_000_000L, 3_000_000_000L);
		});
	}

	private static final class Electorate implements Servers {

		private Set<Integer> primaries = Set.of(1);

		private long failOvers = 7;

		@Override
		public long failOvers() {
			return this.failOvers;
		}

		@Override
		public Set<Integer> primaries() {
			return this.primaries;
		}

		@Override
		public Address address() {
			return Address.ofServer(1);
		}

		@Override
		public List<Jedis> connect() {
			return List.of();
		}

		@Override
		public void close() {
		}

	}

}
