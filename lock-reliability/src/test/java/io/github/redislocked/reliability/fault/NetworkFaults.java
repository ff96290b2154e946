/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.testing.TcpProxy;

/**
 * What goes wrong between one process and Redis.
 */
public final class NetworkFaults {

	private static final Duration RECONNECTED = Duration.ofMillis(800);

	private NetworkFaults() {
	}

	/**
	 * Lists the faults.
	 * @return the faults
	 */
	public static List<Fault> all() {
		return List.of(lose("F5 replies lost, connection closed", TcpProxy.Fate.LOSE_THEN_FIN),
				lose("F5 replies lost, connection reset", TcpProxy.Fate.LOSE_THEN_RST), hold(), halfOpen(),
				loseCommands(), loseMessages());
	}

	/**
	 * F5: replies are lost, one after the other, to whatever command.
	 * @param name its name
	 * @param fate what becomes of a reply
	 * @return the fault
	 */
	public static Fault lose(String name, TcpProxy.Fate fate) {
		return Fault.of(name, RECONNECTED, true, (site) -> {
			TcpProxy network = site.network(site.someone());
			for (int i = 0; i < 6; i++) {
				network.fate(fate);
				// Time to connect again, which the driver delays more and more.
				site.pause(100 + site.random().nextInt(150));
			}
			network.fate(TcpProxy.Fate.PASS);
		});
	}

	/**
	 * F5: replies come late, most of them after the time-out of their commands.
	 * @return the fault
	 */
	public static Fault hold() {
		return Fault.of("F5 replies held", RECONNECTED, true, (site) -> {
			TcpProxy network = site.network(site.someone());
			network.fate(TcpProxy.Fate.HOLD);
			site.pause(600 + site.random().nextInt(1_200));
			network.fate(TcpProxy.Fate.PASS);
		});
	}

	// Commands arrive, replies do not, and in the end the connection is found dead.
	private static Fault halfOpen() {
		return Fault.of("F5 half-open, commands arrive", RECONNECTED, true, (site) -> {
			TcpProxy network = site.network(site.someone());
			network.fate(TcpProxy.Fate.HOLD);
			site.pause(600 + site.random().nextInt(1_200));
			network.reset();
			network.fate(TcpProxy.Fate.PASS);
		});
	}

	private static Fault loseCommands() {
		return Fault.of("F5 half-open, no command arrives", RECONNECTED, true, (site) -> {
			TcpProxy network = site.network(site.someone());
			network.fate(TcpProxy.Fate.LOSE_COMMANDS);
			site.pause(600 + site.random().nextInt(1_200));
			network.reset();
			network.fate(TcpProxy.Fate.PASS);
		});
	}

	/**
	 * F13: subscriptions look alive, and no message comes.
	 * @return the fault
	 */
	public static Fault loseMessages() {
		return Fault.of("F13 half-open subscriptions", Duration.ofMillis(200), false, (site) -> {
			site.networks().forEach((network) -> network.fate(TcpProxy.Fate.LOSE_MESSAGES));
			site.pause(1_500);
			site.networks().forEach((network) -> network.fate(TcpProxy.Fate.PASS));
		});
	}

}
