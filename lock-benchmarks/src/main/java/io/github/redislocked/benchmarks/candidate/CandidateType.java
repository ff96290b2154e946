/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

import io.github.redislocked.engine.LocalHandover;
import org.redisson.api.RedissonClient;

import org.springframework.integration.redis.util.RedisLockRegistry.RedisLockType;

/**
 * The locks that are measured, all with one lease time and one timeout.
 */
public enum CandidateType {

	/**
	 * This project with its default settings, on Lettuce.
	 */
	REDISLOCKED("redislocked", Wait.IN_ORDER,
			(port) -> new RedisLockedCandidate<>(Connections.lettuce(port), LocalHandover.DEFAULT)),

	/**
	 * This project without the hand-over inside a process, on Lettuce.
	 */
	REDISLOCKED_THROUGH_REDIS("redislocked, every hand-over through Redis", Wait.IN_ORDER,
			(port) -> new RedisLockedCandidate<>(Connections.lettuce(port), LocalHandover.NONE)),

	/**
	 * Redisson's usual lock.
	 */
	REDISSON("Redisson RLock", Wait.UNORDERED, (port) -> new RedissonCandidate(port, RedissonClient::getLock)),

	/**
	 * Redisson's fair lock.
	 */
	REDISSON_FAIR("Redisson fair lock", Wait.IN_ORDER,
			(port) -> new RedissonCandidate(port, RedissonClient::getFairLock)),

	/**
	 * Spring Integration, woken by messages.
	 */
	SPRING_INTEGRATION_PUB_SUB("Spring Integration pub/sub", Wait.UNORDERED,
			(port) -> new SpringIntegrationCandidate(Connections.lettuce(port), RedisLockType.PUB_SUB_LOCK)),

	/**
	 * Spring Integration, polling.
	 */
	SPRING_INTEGRATION_SPIN("Spring Integration spin", Wait.UNORDERED,
			(port) -> new SpringIntegrationCandidate(Connections.lettuce(port), RedisLockType.SPIN_LOCK)),

	/**
	 * The lock4j template.
	 */
	LOCK4J("lock4j", Wait.UNORDERED, (port) -> new Lock4jCandidate(Connections.lettuce(port))),

	/**
	 * The lock that people write themselves.
	 */
	POLLING("SET NX, polling 50 ms", Wait.UNORDERED,
			(port) -> new BareSetCandidate<>(Connections.lettuce(port), Duration.ofMillis(50).toNanos())),

	/**
	 * ShedLock.
	 */
	SHEDLOCK("ShedLock", Wait.NEVER, (port) -> new ShedLockCandidate(Connections.lettuce(port))),

	/**
	 * The least that a lock can cost.
	 */
	FLOOR("bare SET NX + compare-and-delete", Wait.NEVER,
			(port) -> new BareSetCandidate<>(Connections.lettuce(port), 0)),

	/**
	 * This project with its default settings, on Jedis.
	 */
	REDISLOCKED_JEDIS("redislocked on Jedis", Wait.IN_ORDER,
			(port) -> new RedisLockedCandidate<>(Connections.jedis(port), LocalHandover.DEFAULT)),

	/**
	 * The least that a lock can cost on Jedis.
	 */
	FLOOR_JEDIS("bare SET NX + compare-and-delete on Jedis", Wait.NEVER,
			(port) -> new BareSetCandidate<>(Connections.jedis(port), 0));

	/**
	 * The lease time of every lock that is taken.
	 */
	public static final Duration LEASE = Duration.ofSeconds(30);

	/**
	 * How long a candidate that waits does so.
	 */
	public static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final String title;

	private final Wait wait;

	private final IntFunction<Candidate> opener;

	CandidateType(String title, Wait wait, IntFunction<Candidate> opener) {
		this.title = title;
		this.wait = wait;
		this.opener = opener;
	}

	/**
	 * Returns those that fight for locks: all that can wait, once each.
	 * @return the candidates of a contended run
	 */
	public static List<CandidateType> contending() {
		return Arrays.stream(values()).filter((type) -> type.wait != Wait.NEVER && type != REDISLOCKED_JEDIS).toList();
	}

	/**
	 * Returns the candidate that a command line names.
	 * @param id an id
	 * @return the candidate
	 */
	public static CandidateType of(String id) {
		return valueOf(id.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
	}

	/**
	 * Returns a candidate that may not be there.
	 * @param id an id
	 * @return the candidate, or empty
	 */
	public static Optional<CandidateType> find(String id) {
		return Arrays.stream(values()).filter((type) -> type.id().equals(id)).findFirst();
	}

	/**
	 * Opens the candidate in this process.
	 * @param port where Redis listens on this machine
	 * @return the candidate
	 */
	public Candidate open(int port) {
		return this.opener.apply(port);
	}

	/**
	 * Returns the name for command lines and files.
	 * @return the id
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns the name for people.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Returns whether the candidate waits for a lock that is held.
	 * @return {@code false} if it only tries once
	 */
	public boolean waits() {
		return this.wait != Wait.NEVER;
	}

	/**
	 * Returns whether the candidate is this project's.
	 * @return {@code false} for a peer
	 */
	public boolean isOurs() {
		return name().startsWith("REDISLOCKED");
	}

	/**
	 * Returns whether the candidate says that waiters get the lock in order of arrival.
	 * @return {@code true} if it is fair
	 */
	public boolean isFair() {
		return this.wait == Wait.IN_ORDER;
	}

	/** How a candidate waits. */
	private enum Wait {

		NEVER, UNORDERED, IN_ORDER

	}

}
