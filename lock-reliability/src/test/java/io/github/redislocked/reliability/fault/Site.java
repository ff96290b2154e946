/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.reliability.client.ClientProcess;
import io.github.redislocked.reliability.client.Resources;
import io.github.redislocked.reliability.client.StallWatch;
import io.github.redislocked.reliability.client.Subject;
import io.github.redislocked.reliability.client.Workload;
import io.github.redislocked.reliability.history.History;
import io.github.redislocked.reliability.history.Operation;
import io.github.redislocked.reliability.history.Snapshot;
import io.github.redislocked.reliability.history.Span;
import io.github.redislocked.reliability.server.Address;
import io.github.redislocked.reliability.server.Servers;
import io.github.redislocked.testing.TcpProxy;

/**
 * One Redis, be it one server or several, the processes that have locks there, and what
 * the locks guard. To a server that stands alone each process has a network of its own;
 * Sentinel and Cluster name the servers themselves.
 */
public final class Site implements AutoCloseable {

	/** The first of the keys that are locked once. */
	public static final int SWEPT_FROM = 1_000;

	/** How many of them there are. */
	public static final int SWEPT = 10_000;

	private static final int KEYS = SWEPT_FROM + SWEPT;

	private static final long COMMAND_TIMEOUT = 1_500_000_000L;

	private final Path directory;

	private final Subject subject;

	private final Workload workload;

	private final Servers servers;

	private final SplittableRandom random;

	private final Resources resources;

	private final List<TcpProxy> networks = new ArrayList<>();

	private final List<ClientProcess> clients = new ArrayList<>();

	private final List<ClientProcess> everyClient = new ArrayList<>();

	private final Disturbances disturbances;

	private final List<Snapshot> snapshots = new ArrayList<>();

	private final List<String> complaints = new ArrayList<>();

	/** The networks are in this process, so all stand still when it does. */
	private final List<Span> stalls = new CopyOnWriteArrayList<>();

	private final StallWatch stallWatch = StallWatch.start(this.stalls::add);

	/**
	 * Starts everything; the callers begin.
	 * @param directory where files are
	 * @param subject which lock is used
	 * @param workload how
	 * @param servers the servers
	 * @param processes how many processes use it
	 * @param seed where chance begins
	 */
	public Site(Path directory, Subject subject, Workload workload, Servers servers, int processes, long seed) {
		this.directory = directory;
		this.subject = subject;
		this.workload = workload;
		this.servers = servers;
		this.random = new SplittableRandom(seed);
		this.disturbances = new Disturbances(servers, workload.profile().longestLease());
		this.disturbances.watch();
		this.resources = new Resources(directory.resolve("resources"), KEYS);
		for (int i = 0; i < processes; i++) {
			if (servers.address().isOneServer()) {
				this.networks.add(new TcpProxy(servers.address().port()));
			}
			this.clients.add(launch(i));
		}
		this.clients.forEach((client) -> client.run(workload));
	}

	public Servers servers() {
		return this.servers;
	}

	public SplittableRandom random() {
		return this.random;
	}

	public List<ClientProcess> clients() {
		return this.clients;
	}

	/**
	 * Draws one of the processes.
	 * @return its index
	 */
	public int someone() {
		return this.random.nextInt(this.clients.size());
	}

	/**
	 * Returns the network between a process and Redis.
	 * @param index index of the process
	 * @return the network
	 */
	public TcpProxy network(int index) {
		return this.networks.get(index);
	}

	public List<TcpProxy> networks() {
		return this.networks;
	}

	/**
	 * Starts a process in the place of one that has ended.
	 * @param index its index
	 */
	public void replace(int index) {
		ClientProcess next = launch(index);
		this.clients.set(index, next);
		next.run(this.workload);
	}

	/**
	 * Reports something that must not be, and that no history shows.
	 * @param complaint what
	 */
	public void complain(String complaint) {
		this.complaints.add(complaint);
	}

	/**
	 * Lets time pass.
	 * @param millis milliseconds
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void pause(long millis) throws InterruptedException {
		new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Lets a fault strike, and waits until all must be well.
	 * @param fault the fault
	 * @throws Exception if it cannot
	 */
	public void strike(Fault fault) throws Exception {
		this.disturbances.look();
		long begin = System.nanoTime();
		fault.strike().on(this);
		this.disturbances.struck(fault, begin, System.nanoTime());
		pause(fault.settling().toMillis());
		this.snapshots.add(Snapshots.take(this.servers, false));
		pause(fault.calm().toMillis());
		fault.revive(this);
		this.disturbances.look();
	}

	/**
	 * Brings the callers to rest, and looks at what is left.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void rest() throws InterruptedException {
		this.clients.forEach(ClientProcess::askToRest);
		this.clients.forEach(ClientProcess::awaitRest);
		pause(Duration.ofNanos(COMMAND_TIMEOUT + History.SLACK).plusMillis(100).toMillis());
		this.snapshots.add(Snapshots.take(this.servers, true));
	}

	/**
	 * Tells how many operations there were until the last rest.
	 * @return the number
	 */
	public long operations() {
		return this.everyClient.stream().mapToLong(ClientProcess::operationCount).sum();
	}

	/**
	 * Lets the callers go on.
	 */
	public void resume() {
		this.clients.forEach((client) -> client.run(this.workload));
	}

	/**
	 * Collects what has happened. The callers rest.
	 * @return the history
	 */
	public History history() {
		this.disturbances.look();
		long endedAt = System.nanoTime();
		List<Operation> operations = this.everyClient.stream().flatMap((one) -> one.operations().stream()).toList();
		return new History(operations, this.everyClient.stream().map((client) -> client.life(this.stalls)).toList(),
				this.disturbances.all(), List.copyOf(this.snapshots), this.resources.counters(),
				this.everyClient.stream().map(ClientProcess::threads).toList(), COMMAND_TIMEOUT, endedAt);
	}

	/**
	 * Lists what must not be, and no history shows.
	 * @return the complaints
	 */
	public List<String> complaints() {
		List<String> all = new ArrayList<>(this.complaints);
		this.everyClient.forEach((client) -> all.addAll(client.anomalies()));
		return all;
	}

	private ClientProcess launch(int index) {
		Address address = this.networks.isEmpty() ? this.servers.address()
				: Address.ofServer(this.networks.get(index).port());
		ClientProcess client = new ClientProcess(this.subject, this.everyClient.size(), address, this.directory,
				this.directory.resolve("resources"), KEYS, this.random.nextLong());
		this.everyClient.add(client);
		return client;
	}

	@Override
	public void close() throws IOException {
		this.stallWatch.close();
		this.disturbances.close();
		this.everyClient.forEach(ClientProcess::close);
		for (TcpProxy network : this.networks) {
			network.close();
		}
	}

}
