/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.model;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has TLC check the protocol {@code queue}: as it is, and with one guard left out.
 */
class QueueModelIntegrationTests {

	private static final Model REPETITIONS = Model.of("QueueLock", "queue-repetitions");

	private static final Model LEASES = Model.of("QueueLock", "queue-leases");

	private static final Model PASSES = Model.of("QueueLock", "queue-passes");

	private static final Model RETENTION = Model.of("QueueLock", "queue-retention");

	private static final Model CROWD = Model.of("QueueLock", "queue-crowd");

	private static final Model FAIR = Model.of("QueueLock", "queue-fair");

	@TempDir
	static Path directory;

	private static Tlc tlc;

	@BeforeAll
	static void start() {
		tlc = new Tlc(directory);
	}

	@AfterAll
	static void stop() {
		tlc.close();
	}

	@TestFactory
	Stream<DynamicTest> protocol() {
		return new Checks(tlc)
			.holds("whenPassedInsideProcessThenAllHolds", PASSES, 5_000, "a lock passed inside a process",
					"a yield handed over and queued its process again", "a yield went ahead of a waiter",
					"a late acquire took the lock for a caller that had lost it")
			.holds("whenRenewedAndHandedOverThenAllHolds", LEASES, 5_000, "a lease ran out under its holder",
					"a waiter was handed the lock and woken", "a renewal lengthened a lease",
					"a renewal came after the lease", "a wake-up was read too late", "a claim ran out unused",
					"a hand-over without its wake-up was noticed by asking again")
			.holds("whenCommandsAreRepeatedThenAllHolds", REPETITIONS, 2_500, "a release came twice",
					"an acquire came after its own cancel", "a cancel found its token owning the lock",
					"a lease that was over on arrival was given back", "a wake-up for nobody was given back")
			.holds("whenReceiptsExpireAndProcessesDieThenAllHolds", RETENTION, 15_000, "the state expired",
					"a dead waiter was passed over", "a process died with the lock, and another one has it now",
					"an acquire came after its own cancel")
			.holds("whenSomeHaveNoSubscriptionThenAllHolds", CROWD, 5_000,
					"a waiter without a subscription was passed over", "a waiter was handed the lock and woken")
			.holds("whenFairThenWaiterIsGranted", FAIR, 1_000, "a waiter waited", "a claim ran out unused")
			.tests();
	}

	@TestFactory
	Stream<DynamicTest> guards() {
		return new Checks(tlc).needs("release: token", REPETITIONS, "OwnerOnly")
			.needs("release: token", REPETITIONS, "LeaseIsKept")
			.needs("renew: token", LEASES, "OwnerOnly")
			.needs("release: receipt", REPETITIONS, "RepeatedRelease")
			.needs("acquire: receipt", REPETITIONS, "ClosedStaysClosed")
			.needs("acquire: queue", REPETITIONS.with("Wait", 2), "FirstComeFirstServed")
			.needs("release: place in the queue", REPETITIONS, "ClosedStaysClosed")
			.needs("attempt: receipt", RETENTION, "ClosedStaysClosed")
			.needs("cancel: lock", REPETITIONS, "ClosedStaysClosed")
			.needs("lease: counted from before sending", LEASES, "Exclusion")
			.needs("wake-up: counted from the grant", LEASES, "Exclusion")
			.needs("hand-over: deadline", RETENTION, "NoOrphan")
			.needs("hand-over: claim time", RETENTION.with("Lease", 2), "NoOrphan")
			.needs("fencing token: clock", RETENTION, "FencesIncrease")
			.needs("fencing token: last one", PASSES, "FencesIncrease")
			.needs("fencing token: reserve", PASSES, "FencesIncrease")
			.needs("pass: fencing token", PASSES, "FencesIncrease")
			.needs("waiter: asks again", FAIR, "WaiterIsGranted")
			.tests();
	}

	/**
	 * What is not promised, as {@code docs/model.md} says.
	 */
	@TestFactory
	Stream<DynamicTest> limits() {
		return new Checks(tlc)
			.fails("whenCommandComesAfterTheRetentionThenClosedTokenOwnsTheLockAgain", RETENTION.with("Late", 2),
					"ClosedStaysClosed")
			.tests();
	}

}
