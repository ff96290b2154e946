/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

/**
 * Where clients find locks.
 *
 * @param kind who answers there
 * @param nodes hosts with ports, separated by commas
 */
public record Address(Kind kind, String nodes) {

	/**
	 * Finds a server that stands alone.
	 * @param port its port on this machine
	 * @return its address
	 */
	public static Address ofServer(int port) {
		return new Address(Kind.SERVER, "127.0.0.1:" + port);
	}

	/**
	 * Reads an address.
	 * @param text what {@link #toString()} has returned
	 * @return the address
	 */
	public static Address parse(String text) {
		String[] parts = text.split("=");
		return new Address(Kind.valueOf(parts[0]), parts[1]);
	}

	/**
	 * Tells whether clients keep to this address, and are not sent elsewhere from there.
	 * @return whether there is one server, at a port of its own
	 */
	public boolean isOneServer() {
		return this.kind == Kind.SERVER;
	}

	public int port() {
		return Integer.parseInt(this.nodes.substring(this.nodes.indexOf(':') + 1));
	}

	@Override
	public String toString() {
		return this.kind + "=" + this.nodes;
	}

	/**
	 * Who answers at an address.
	 */
	public enum Kind {

		/** A server that stands alone. */
		SERVER,

		/** Sentinels, which say where the primary is. */
		SENTINEL,

		/** Nodes of a cluster, which say where the others are. */
		CLUSTER

	}

}
