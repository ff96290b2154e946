/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.engine.LockEngine;
import io.github.redislocked.engine.LockEngineSettings;
import io.github.redislocked.reliability.history.Recorder;
import io.github.redislocked.reliability.server.Address;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;

/**
 * A process that uses locks as its standard input says, a line for each command, and ends
 * with it:
 * <ul>
 * <li>{@code run <profile> <pause>}: its callers begin, and rest for up to so many
 * nanoseconds between two operations</li>
 * <li>{@code rest}: they come to rest; answered with the number of threads and of
 * operations</li>
 * <li>{@code sweep <from> <to>}: each key from one number up to another is locked once,
 * while the callers rest; answered when it is done</li>
 * <li>{@code disturb <0|1>}: callers are interrupted, cancel, and have hardly any
 * time</li>
 * <li>{@code heap}: answered with what is in use after a collection</li>
 * </ul>
 */
public final class ClientMain {

	private static final int BLOCKING = 6;

	private static final int NOT_BLOCKING = 4;

	private final LockEngine engine;

	private final Recorder recorder;

	private final List<Caller> callers = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean running;

	private volatile boolean disturbed;

	private volatile boolean stopping;

	private ClientMain(String[] args) {
		Subject subject = Subject.valueOf(args[2]);
		long seed = Long.parseLong(args[6]);
		int number = Integer.parseInt(args[7]);
		this.engine = new LockEngine(
				subject.store(Connections.to(Address.parse(args[0]), Driver.valueOf(args[1])), number),
				new LockEngineSettings("client", Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofHours(1),
						Duration.ofMillis(200), subject.localHandover()));
		this.recorder = new Recorder(Path.of(args[3]));
		Resources resources = new Resources(Path.of(args[4]), Integer.parseInt(args[5]));
		for (int i = 0; i < BLOCKING + NOT_BLOCKING; i++) {
			this.callers.add(new Caller(this.engine, this.recorder, resources, number * (BLOCKING + NOT_BLOCKING) + i,
					i < BLOCKING, new SplittableRandom(seed + i)));
		}
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
	}

	/**
	 * Runs a process.
	 * @param args address of Redis, driver, subject, directory of the history, file of
	 * the resources, number of keys, seed, number of the process
	 * @throws Exception if it cannot go on
	 */
	public static void main(String[] args) throws Exception {
		ClientMain main = new ClientMain(args);
		// The first command loads classes and connects.
		Lease lease = main.engine.acquire(LockSpec.of("warm-up:" + args[7]).timeout(Duration.ofSeconds(60)));
		String token = OwnerToken.parse(lease.ownerToken()).process();
		try {
			lease.close();
		}
		catch (LockLostException ex) {
			// Others want the processor too, and a fault may be striking.
		}
		say("ready " + token);
		StallWatch.start((span) -> say("stall " + span.begin() + " " + span.end()));
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String[] command = line.split(" ");
			switch (command[0]) {
				case "run" -> main.run(Profile.valueOf(command[1]), Long.parseLong(command[2]));
				case "rest" -> main.rest();
				case "sweep" -> main.sweep(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
				case "disturb" -> main.disturbed = command[1].equals("1");
				case "heap" -> main.heap();
				default -> throw new IllegalArgumentException(line);
			}
		}
		System.exit(0);
	}

	static synchronized void say(String line) {
		System.out.println(line);
		System.out.flush();
	}

	private void run(Profile profile, long pause) {
		this.running = true;
		for (Caller caller : this.callers) {
			start(() -> {
				while (this.running) {
					caller.once(profile, this.disturbed);
					if (pause != 0) {
						LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause));
					}
					Thread.interrupted();
				}
			});
		}
		List<Thread> callerThreads = List.copyOf(this.threads);
		start(() -> disturb(callerThreads));
	}

	private void start(Runnable task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (Exception | Error ex) {
				if (!this.stopping) {
					say("anomaly " + ex);
					ex.printStackTrace();
				}
			}
		}, "caller");
		this.threads.add(thread);
		thread.start();
	}

	private void disturb(List<Thread> callerThreads) {
		SplittableRandom random = new SplittableRandom();
		CountDownLatch never = new CountDownLatch(1);
		try {
			while (this.running) {
				if (this.disturbed) {
					callerThreads.get(random.nextInt(callerThreads.size())).interrupt();
				}
				never.await(this.disturbed ? 1 + random.nextInt(3) : 20, TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			// Nobody does that.
		}
	}

	private void rest() throws InterruptedException {
		this.running = false;
		for (Thread thread : this.threads) {
			thread.join();
		}
		this.threads.clear();
		say("rested " + Thread.activeCount() + " " + this.recorder.count());
	}

	private void sweep(int from, int to) throws InterruptedException {
		for (int i = 0; i < this.callers.size(); i++) {
			int first = from + i;
			Caller caller = this.callers.get(i);
			start(() -> {
				for (int key = first; key < to; key += this.callers.size()) {
					caller
						.once(new Plan(key, Duration.ofSeconds(2), (key & 1) == 0, Duration.ofSeconds(3), 0, false, 0));
				}
			});
		}
		for (Thread thread : this.threads) {
			thread.join();
		}
		this.threads.clear();
		say("swept");
	}

	private void heap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		say("heap " + (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()));
	}

	private void stop() {
		this.stopping = true;
		this.running = false;
		this.engine.close();
	}

}
