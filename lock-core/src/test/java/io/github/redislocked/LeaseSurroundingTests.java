/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.engine.UnlockedTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseSurroundingTests {

	private final UnlockedTemplate locks = new UnlockedTemplate(InstantSource.system());

	private final Lease one = this.locks.acquire(LockSpec.of("one"));

	private final Lease other = this.locks.acquire(LockSpec.of("other"));

	@AfterEach
	void nothingIsCurrent() {
		assertThat(LeaseScope.leases()).isEmpty();
	}

	@Test
	void whenLeasesAreAddedThenCurrentOutsideOfAllScopes() {
		List<Lease> kept = new ArrayList<>();
		LeaseSurrounding surrounding = LeaseSurrounding.open(kept);
		LeaseScope scope = LeaseScope.open(this.other);
		kept.add(this.one);
		assertThat(LeaseScope.leases()).containsExactly(this.other, this.one);
		scope.close();
		assertThat(Lease.current()).contains(this.one);
		surrounding.close();
	}

	@Test
	void whenClosedThenWhatItReplacedIsCurrentAgain() {
		LeaseSurrounding first = LeaseSurrounding.open(List.of(this.one));
		LeaseSurrounding second = LeaseSurrounding.open(List.of(this.other));
		assertThat(LeaseScope.leases()).containsExactly(this.other);
		second.close();
		second.close();
		assertThat(LeaseScope.leases()).containsExactly(this.one);
		first.close();
	}

	@Test
	void whenTheOuterOneIsClosedFirstThenItIsNotCurrentAgain() {
		LeaseSurrounding first = LeaseSurrounding.open(List.of(this.one));
		LeaseSurrounding second = LeaseSurrounding.open(List.of(this.other));
		first.close();
		assertThat(LeaseScope.leases()).containsExactly(this.other);
		second.close();
	}

	@Test
	void whenClosedByAnotherThreadThenOverForItsOwnAndNotForThatOne() {
		LeaseSurrounding first = LeaseSurrounding.open(List.of(this.one));
		LeaseSurrounding second = LeaseSurrounding.open(List.of(this.other));
		CompletableFuture.runAsync(() -> {
			LeaseSurrounding own = LeaseSurrounding.open(List.of(this.one));
			second.close();
			assertThat(LeaseScope.leases()).containsExactly(this.one);
			own.close();
		}).join();
		assertThat(LeaseScope.leases()).containsExactly(this.one);
		CompletableFuture.runAsync(first::close).join();
	}

}
