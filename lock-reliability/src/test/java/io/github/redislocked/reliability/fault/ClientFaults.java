/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.reliability.client.ClientProcess;
import io.github.redislocked.reliability.history.Snapshot;

/**
 * What goes wrong with a process that has locks and waits for others.
 */
public final class ClientFaults {

	/** A waiter that does not answer delays the next by the claim time. */
	private static final Duration CLAIM_OVER = Duration.ofMillis(1200);

	/** A lease of the keys that everybody wants. */
	private static final long LEASE_MILLIS = 900;

	private static final long HEAP_GROWTH = 5_000_000;

	private ClientFaults() {
	}

	/**
	 * Lists the faults.
	 * @return the faults
	 */
	public static List<Fault> all() {
		return List.of(freeze(0.5), freeze(1.1), freeze(3), disturb(), terminate(), kill());
	}

	/**
	 * F7: a process stands still.
	 * @param leases for how long
	 * @return the fault
	 */
	public static Fault freeze(double leases) {
		return Fault.of("F7 a process frozen for %s leases".formatted(leases), CLAIM_OVER, true, (site) -> {
			ClientProcess client = site.clients().get(site.someone());
			client.freeze();
			site.pause((long) (leases * LEASE_MILLIS));
			client.thaw();
		});
	}

	/**
	 * F14: callers are interrupted, cancel, and have hardly any time.
	 * @return the fault
	 */
	public static Fault disturb() {
		return Fault.of("F14 interrupts, cancels, tiny timeouts", Duration.ofMillis(200), true, (site) -> {
			site.clients().forEach((client) -> client.disturb(true));
			site.pause(1_500);
			site.clients().forEach((client) -> client.disturb(false));
		});
	}

	/**
	 * F15: a process is asked to end, and another takes its place.
	 * @return the fault
	 */
	public static Fault terminate() {
		return Fault.of("F15 SIGTERM", CLAIM_OVER, false, (site) -> {
			int index = site.someone();
			ClientProcess client = site.clients().get(index);
			client.terminate();
			Snapshot left = Snapshots.take(site.servers(), false);
			left.locks()
				.stream()
				.filter((lock) -> lock.token().startsWith(client.token()))
				.forEach((lock) -> site.complain("a process that ended in peace has left a lock: " + lock));
			left.waiting()
				.stream()
				.filter((waiter) -> waiter.token().startsWith(client.token()))
				.forEach((waiter) -> site.complain("a process that ended in peace still waits in Redis: " + waiter));
			site.replace(index);
		});
	}

	/**
	 * F15: a process is killed, and another takes its place.
	 * @return the fault
	 */
	public static Fault kill() {
		return Fault.of("F15 SIGKILL", CLAIM_OVER, false, (site) -> {
			int index = site.someone();
			site.clients().get(index).kill();
			site.replace(index);
		});
	}

	/**
	 * F12: every process locks its share of ten thousand keys; nothing of that stays in
	 * its heap. The callers rest meanwhile.
	 * @return the fault
	 */
	public static Fault manyKeys() {
		return Fault.of("F12 10,000 keys", Duration.ofMillis(200), false, (site) -> {
			site.rest();
			List<ClientProcess> clients = site.clients();
			List<Long> before = clients.stream().map(ClientProcess::heap).toList();
			int share = Site.SWEPT / clients.size();
			for (int i = 0; i < clients.size(); i++) {
				int from = Site.SWEPT_FROM + i * share;
				clients.get(i).sweep(from, (i + 1 < clients.size()) ? from + share : Site.SWEPT_FROM + Site.SWEPT);
			}
			clients.forEach(ClientProcess::awaitSwept);
			for (int i = 0; i < clients.size(); i++) {
				long growth = clients.get(i).heap() - before.get(i);
				if (growth > HEAP_GROWTH) {
					site.complain("the heap has grown by " + growth + " bytes after " + share + " keys");
				}
			}
			site.resume();
		});
	}

}
