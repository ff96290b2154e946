/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.benchmarks.candidate.Engines;
import io.github.redislocked.engine.LockEngine;

/**
 * A process that holds leases which are renewed. It says {@code held}, then, when told
 * so, how many leases it has lost.
 */
public final class RenewalChild {

	private RenewalChild() {
	}

	/**
	 * Runs the process.
	 * @param arguments the port of Redis, the number of leases, their lease time
	 * @throws IOException if the parent has gone
	 * @throws InterruptedException never
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int leases = Integer.parseInt(arguments[1]);
		Duration expire = Duration.parse(arguments[2]);
		BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		LockEngine engine = Engines.onLettuce(Integer.parseInt(arguments[0]));
		AtomicInteger lost = new AtomicInteger();
		for (int i = 0; i < leases; i++) {
			Lease lease = engine.acquire(LockSpec.of("renewed-" + i).expire(expire).renew(Renewal.ALWAYS));
			lease.onLost(lost::incrementAndGet);
		}
		System.out.println("held");
		parent.readLine();
		System.out.println(lost.get());
		Runtime.getRuntime().halt(0);
	}

}
