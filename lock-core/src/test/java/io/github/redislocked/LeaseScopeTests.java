/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.engine.UnlockedTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LeaseScopeTests {

	private final UnlockedTemplate locks = new UnlockedTemplate(InstantSource.system());

	private final Lease outer = this.locks.acquire(LockSpec.of("outer"));

	private final Lease inner = this.locks.acquire(LockSpec.of("inner"));

	private final Lease other = this.locks.acquire(LockSpec.of("other"));

	@AfterEach
	void nothingIsCurrent() {
		assertThat(LeaseScope.leases()).isEmpty();
		assertThat(Lease.current()).isEmpty();
	}

	@Test
	void whenClosedInOrderThenTheOneBeforeIsCurrentAgain() {
		LeaseScope first = LeaseScope.open(this.outer);
		LeaseScope second = LeaseScope.open(this.inner);
		assertThat(LeaseScope.leases()).containsExactly(this.inner, this.outer);
		second.close();
		assertThat(LeaseScope.leases()).containsExactly(this.outer);
		first.close();
	}

	@Test
	void whenAnOuterOneIsClosedFirstThenItAloneEnds() {
		LeaseScope first = LeaseScope.open(this.other);
		LeaseScope second = LeaseScope.open(this.outer);
		LeaseScope third = LeaseScope.open(this.inner);
		second.close();
		assertThat(LeaseScope.leases()).containsExactly(this.inner, this.other);
		assertThat(Lease.current("outer")).isEmpty();
		third.close();
		assertThat(LeaseScope.leases()).containsExactly(this.other);
		assertThat(Lease.current()).contains(this.other);
		first.close();
	}

	@Test
	void whenOneUnderAReplacementIsClosedFirstThenItIsNotCurrentAgain() {
		LeaseScope first = LeaseScope.open(this.outer);
		LeaseScope replacement = LeaseScope.replace(List.of(this.inner));
		first.close();
		assertThat(LeaseScope.leases()).containsExactly(this.inner);
		replacement.close();
	}

	@Test
	void whenClosedTwiceThenTheSecondTimeDoesNothing() {
		LeaseScope first = LeaseScope.open(this.outer);
		LeaseScope second = LeaseScope.open(this.inner);
		second.close();
		second.close();
		assertThat(LeaseScope.leases()).containsExactly(this.outer);
		first.close();
		first.close();
	}

	@Test
	void whenClosedByAnotherThreadThenRefusedAndStillCurrent() {
		LeaseScope scope = LeaseScope.open(this.outer);
		CompletableFuture.runAsync(() -> assertThatIllegalStateException().isThrownBy(scope::close)).join();
		assertThat(Lease.current()).contains(this.outer);
		scope.close();
	}

}
