/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.redislocked.testing.TcpProxy;

/**
 * What goes wrong between processes and Redis.
 */
public final class NetworkFaults {

	private static final Duration RECONNECTED = Duration.ofMillis(800);

	/**
	 * A caller that waits for itself is not told from one that waits for another, until
	 * it has waited for too long.
	 */
	private static final Duration TELLING = Duration.ofMillis(4_500);

	private static final int LOSSES = 5;

	/** How often to wait for the first one: renewals are rare. */
	private static final int PATIENCE = 40;

	private NetworkFaults() {
	}

	/**
	 * Lists the faults.
	 * @return the faults
	 */
	public static List<Fault> all() {
		List<Fault> all = new ArrayList<>();
		for (Command command : Command.values()) {
			all.add(lose(command, TcpProxy.Fate.LOSE_THEN_FIN, "closed"));
			all.add(lose(command, TcpProxy.Fate.LOSE_THEN_RST, "reset"));
		}
		all.addAll(List.of(hold(), halfOpen(), loseCommands(), loseMessages()));
		all.add(cut("F16 one process cut off", TcpProxy.Fate.HOLD_ALL, false));
		all.add(cut("F16 all processes cut off", TcpProxy.Fate.HOLD_ALL, true));
		all.add(cut("F16 one process cut off, replies pass", TcpProxy.Fate.HOLD_COMMANDS, false));
		return all;
	}

	/**
	 * F5: the replies to some attempts to take a lock are lost, after which the driver
	 * repeats them.
	 * @return the fault
	 */
	public static Fault loseAcquires() {
		return lose(Command.ACQUIRE, TcpProxy.Fate.LOSE_THEN_FIN, "closed");
	}

	private static Fault lose(Command command, TcpProxy.Fate how, String words) {
		Fault lose = Fault.of("F5 reply to %s lost, connection %s".formatted(command.words(), words), RECONNECTED, true,
				(site) -> {
					TcpProxy network = site.network(site.someone());
					int lost = 0;
					for (int i = 0; i < LOSSES || lost == 0 && i < PATIENCE; i++) {
						lost += command.loseReply(network, how, site) ? 1 : 0;
						// Time to connect again, which the driver delays more and more.
						site.pause(50 + site.random().nextInt(100));
					}
					if (lost == 0) {
						site.complain("there was no reply to %s that could be lost".formatted(command.words()));
					}
				});
		return (command == Command.ACQUIRE && how == TcpProxy.Fate.LOSE_THEN_FIN) ? lose.followedBy(TELLING) : lose;
	}

	/**
	 * F5: replies come late, most of them after the time-out of their commands.
	 * @return the fault
	 */
	public static Fault hold() {
		return interrupt("F5 replies held", TcpProxy.Fate.HOLD, (network) -> {
		});
	}

	// Commands arrive, replies do not, and in the end the connection is found dead.
	private static Fault halfOpen() {
		return interrupt("F5 half-open, commands arrive", TcpProxy.Fate.HOLD, TcpProxy::reset);
	}

	private static Fault loseCommands() {
		return interrupt("F5 half-open, no command arrives", TcpProxy.Fate.LOSE_COMMANDS, TcpProxy::reset);
	}

	private static Fault interrupt(String name, TcpProxy.Fate fate, Consumer<TcpProxy> end) {
		return Fault.of(name, RECONNECTED, true, (site) -> {
			TcpProxy network = site.network(site.someone());
			network.fate(fate);
			site.pause(600 + site.random().nextInt(1_200));
			end.accept(network);
			network.fate(TcpProxy.Fate.PASS);
		});
	}

	// F16: what was sent meanwhile arrives late, but it does, on the same connections.
	private static Fault cut(String name, TcpProxy.Fate fate, boolean all) {
		return Fault.of(name, RECONNECTED, true, (site) -> {
			List<TcpProxy> networks = all ? site.networks() : List.of(site.network(site.someone()));
			networks.forEach((network) -> network.fate(fate));
			site.pause(600 + site.random().nextInt(1_400));
			networks.forEach((network) -> network.fate(TcpProxy.Fate.PASS));
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
