/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.engine.Interleavings.Scenario;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LocalQueues}: a few callers in every order of their steps. In the
 * names, {@code h} hands over, {@code p} passes, {@code i} is impatient and gives up if
 * its turn has not come, and {@code c} does the same carelessly: it does not look at what
 * it has inherited.
 */
class LocalQueuesTests {

	@ParameterizedTest
	@ValueSource(strings = { "hh", "hp", "hi", "pi", "hhh", "hih", "hii", "phi", "ihp" })
	void whenInAnyOrderThenOneAfterTheOtherAndNothingIsLeft(String callers) {
		int orders = explore(callers, (callers.length() > 2) ? 2 : 4, false);
		assertThat(orders).isGreaterThan(20);
	}

	@Test
	void whenFourCallersThenOneAfterTheOtherAndNothingIsLeft() {
		assertThat(explore("hiih", 2, false)).isGreaterThan(500);
	}

	@Test
	void whenAnInheritanceIsOverlookedThenItIsFound() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> explore("hc", 3, false))
			.withStackTraceContaining("In the order");
	}

	@Test
	void whenTheQueueIsChangedOutsideOfTheMapsLockThenItIsFound() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> explore("hh", 3, true))
			.withStackTraceContaining("In the order");
	}

	@Test
	void whenATurnIsOverThenItHandsNothingOver() {
		LocalQueues<String, String> queues = new LocalQueues<>();
		LocalQueues<String, String>.Turn first = queues.join("k", "first");
		LocalQueues<String, String>.Turn second = queues.join("k", "second");
		LocalQueues<String, String>.Turn third = queues.join("k", "third");
		assertThat(second.handOver((turn) -> "not yet the head")).isNull();
		first.pass();
		assertThat(first.handOver((turn) -> "over")).isNull();
		first.pass();
		assertThat(second.handOver(LocalQueues.Turn::caller)).isEqualTo("third");
		assertThat(third.reached()).isNotDone();
		third.ready();
		assertThat(third.reached()).isDone();
		assertThat(third.handOver((turn) -> "nobody")).isNull();
		assertThat(third.giveUp()).isEqualTo("third");
		assertThat(queues.size()).isOne();
		third.pass();
		assertThat(queues.size()).isZero();
	}

	private static int explore(String callers, int mostPreemptions, boolean torn) {
		return new Interleavings(mostPreemptions).explore((steps) -> {
			Explored explored = new Explored(steps, torn);
			List<Runnable> actors = new ArrayList<>();
			callers.chars().forEach((kind) -> actors.add(() -> explored.call((char) kind)));
			return new Scenario(actors, explored::check);
		});
	}

	private static final class Explored {

		private final LocalQueues<Integer, Bequest> queues = new LocalQueues<>();

		private final Interleavings steps;

		private final List<Integer> joined = new ArrayList<>();

		private final List<Integer> served = new ArrayList<>();

		private final Map<Bequest, AtomicInteger> taken = new HashMap<>();

		private int inside;

		Explored(Interleavings steps, boolean torn) {
			this.steps = steps;
			ReflectionTestUtils.setField(this.queues, "lines", new PointedMap<>(steps, torn, this.joined));
		}

		private void call(char kind) {
			LocalQueues<Integer, Bequest>.Turn turn = this.queues.join("k", this.steps.current());
			if (kind == 'h' || kind == 'p') {
				this.steps.await(turn.reached()::isDone);
			}
			else if (!turn.reached().isDone()) {
				giveUp(turn, kind == 'c');
				return;
			}
			beInside(turn.inheritance());
			Bequest left = (kind == 'p') ? null : turn.handOver(this::bequeath);
			if (left != null) {
				this.steps.point();
				left.heir().ready();
			}
			turn.pass();
		}

		private void giveUp(LocalQueues<Integer, Bequest>.Turn turn, boolean carelessly) {
			if (carelessly) {
				turn.pass();
				return;
			}
			Bequest inherited = turn.giveUp();
			if (inherited != null) {
				// Like a lock that is given back: the place is kept until then.
				beInside(inherited);
				turn.pass();
			}
		}

		private void beInside(@Nullable Bequest inherited) {
			this.served.add(this.steps.current());
			assertThat(++this.inside).isOne();
			if (inherited != null) {
				assertThat(this.taken.get(inherited).incrementAndGet()).isOne();
			}
			this.steps.point();
			this.inside--;
		}

		private Bequest bequeath(LocalQueues<Integer, Bequest>.Turn heir) {
			Bequest bequest = new Bequest(heir);
			this.taken.put(bequest, new AtomicInteger());
			return bequest;
		}

		private void check() {
			assertThat(this.queues.size()).isZero();
			assertThat(this.taken.values()).allMatch((times) -> times.get() == 1);
			List<Integer> inOrder = new ArrayList<>(this.joined);
			inOrder.retainAll(this.served);
			assertThat(this.served).isEqualTo(inOrder);
		}

	}

	private record Bequest(LocalQueues<Integer, Bequest>.Turn heir) {

	}

}
