/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UnlockedTemplateTests {

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1, 5_000));

	private final UnlockedTemplate locks = new UnlockedTemplate(this.now::get);

	@Test
	void whenTwoWantOneKeyThenBothHaveIt() {
		Lease first = this.locks.acquire(LockSpec.of("k"));
		Lease second = this.locks.tryAcquire(LockSpec.of("k")).orElseThrow();
		assertThat(first.isHeld()).isTrue();
		assertThat(second.isHeld()).isTrue();
		assertThat(second.ownerToken()).isNotEqualTo(first.ownerToken());
	}

	@Test
	void whenClockStandsOrStepsBackThenFencingTokensIncrease() {
		assertThat(token()).isEqualTo(1_000_005);
		assertThat(token()).isEqualTo(1_000_006);
		this.now.set(Instant.EPOCH);
		assertThat(token()).isEqualTo(1_000_007);
		this.now.set(Instant.ofEpochSecond(2));
		assertThat(token()).isEqualTo(2_000_000);
	}

	@Test
	void whenLeaseIsClosedThenNoLongerHeld() {
		Lease lease = this.locks.acquire(LockSpec.of("k"));
		assertThat(lease.remaining()).isPositive();
		lease.renew(Duration.ofSeconds(1));
		lease.close();
		lease.close();
		assertThat(lease.isHeld()).isFalse();
		assertThat(lease.remaining()).isZero();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> lease.renew(Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> lease.renew(Duration.ZERO));
	}

	@Test
	void whenKeyIsCurrentThenSameTokens() {
		Lease outer = this.locks.acquire(LockSpec.of("k"));
		outer.run(() -> {
			Lease inner = this.locks.acquire(LockSpec.of("k"));
			assertThat(inner.ownerToken()).isEqualTo(outer.ownerToken());
			assertThat(inner.fencingToken()).isEqualTo(outer.fencingToken());
			inner.close();
			assertThat(outer.isHeld()).isTrue();
		});
	}

	@Test
	void whenSeveralThenLeasePerKey() {
		List<Lease> leases = this.locks
			.acquireAll(List.of(LockSpec.of("b"), LockSpec.of("a"), LockSpec.of("b").timeout(Duration.ZERO)));
		assertThat(leases).extracting(Lease::key).containsExactly("b", "a");
		assertThatIllegalArgumentException().isThrownBy(() -> this.locks.acquireAll(List.of()));
	}

	@Test
	void whenExecutedThenLeaseIsCurrentAndClosed() {
		Lease lease = this.locks.execute(LockSpec.of("k"), () -> Lease.current().orElseThrow());
		assertThat(lease.key()).isEqualTo("k");
		assertThat(lease.isHeld()).isFalse();
	}

	@Test
	void whenAskedAsynchronouslyThenThereAtOnce() {
		assertThat(this.locks.acquireAsync(LockSpec.of("k")).toCompletableFuture())
			.isCompletedWithValueMatching(Lease::isHeld);
	}

	private long token() {
		return this.locks.acquire(LockSpec.of("k")).fencingToken();
	}

}
