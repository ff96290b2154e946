/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Which lock to take, and how: one key, and what is to differ from the defaults of
 * {@code redis-lock.*}. Immutable; every value is checked where it is given.
 *
 * @since 0.1.0
 */
public final class LockSpec {

	/**
	 * The longest key, in bytes of its UTF-8 form.
	 */
	public static final int MAX_KEY_BYTES = 512;

	/**
	 * The longest lease and the longest wait. Far beyond what a lock is good for, and far
	 * below what overflows a Redis expiry.
	 */
	public static final Duration MAX_DURATION = Duration.ofDays(365);

	private final String key;

	private final @Nullable Duration expire;

	private final @Nullable Duration timeout;

	private final Renewal renewal;

	private final @Nullable String name;

	private LockSpec(String key, @Nullable Duration expire, @Nullable Duration timeout, Renewal renewal,
			@Nullable String name) {
		this.key = key;
		this.name = name;
		this.expire = expire;
		this.timeout = timeout;
		this.renewal = renewal;
	}

	/**
	 * Returns a spec for a key, with the defaults for everything else.
	 * @param key what is to be locked: not blank, at most {@value #MAX_KEY_BYTES} bytes
	 * of UTF-8
	 * @return the spec
	 * @throws IllegalArgumentException if the key is null, blank, too long, or holds half
	 * of a surrogate pair
	 */
	public static LockSpec of(String key) {
		return new LockSpec(requireUsable(key), null, null, Renewal.AUTO, null);
	}

	/**
	 * Returns a copy with a lease time. A lease with a time of its own is not renewed
	 * unless {@link #renew(Renewal)} says {@link Renewal#ALWAYS}.
	 * @param expire the lease time, at least 1 ms
	 * @return the copy
	 * @throws IllegalArgumentException if the time is shorter than 1 ms or longer than
	 * {@link #MAX_DURATION}
	 */
	public LockSpec expire(Duration expire) {
		require(expire.compareTo(Duration.ofMillis(1)) >= 0, "expire", expire, "must be at least 1 ms");
		require(expire.compareTo(MAX_DURATION) <= 0, "expire", expire, "must be at most 365 days");
		return new LockSpec(this.key, expire, this.timeout, this.renewal, this.name);
	}

	/**
	 * Returns a copy with a wait budget.
	 * @param timeout how long to wait for the lock, all phases together; zero is one
	 * attempt without waiting
	 * @return the copy
	 * @throws IllegalArgumentException if the time is negative or longer than
	 * {@link #MAX_DURATION}
	 */
	public LockSpec timeout(Duration timeout) {
		require(!timeout.isNegative(), "timeout", timeout, "must not be negative; zero means one attempt");
		require(timeout.compareTo(MAX_DURATION) <= 0, "timeout", timeout, "must be at most 365 days");
		return new LockSpec(this.key, this.expire, timeout, this.renewal, this.name);
	}

	/**
	 * Returns a copy with a renewal.
	 * @param renewal whether the lease is renewed; {@link Renewal#AUTO} by default
	 * @return the copy
	 */
	public LockSpec renew(Renewal renewal) {
		return new LockSpec(this.key, this.expire, this.timeout, Objects.requireNonNull(renewal, "renewal"), this.name);
	}

	/**
	 * Returns a copy with a name for logs, where keys do not appear: what kind of lock it
	 * is. Two specs of one lock may have different names.
	 * @param name the name, such as {@code ShippingService.ship}; none by default
	 * @return the copy
	 */
	public LockSpec name(String name) {
		return new LockSpec(this.key, this.expire, this.timeout, this.renewal, Objects.requireNonNull(name, "name"));
	}

	/**
	 * Returns what is to be locked.
	 * @return the key, as the user names it
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Returns the lease time.
	 * @return the time given, or empty for the default
	 */
	public Optional<Duration> expire() {
		return Optional.ofNullable(this.expire);
	}

	/**
	 * Returns the wait budget.
	 * @return the time given, or empty for the default
	 */
	public Optional<Duration> timeout() {
		return Optional.ofNullable(this.timeout);
	}

	/**
	 * Returns whether the lease is to be renewed.
	 * @return the renewal, {@link Renewal#AUTO} if none was given
	 */
	public Renewal renewal() {
		return this.renewal;
	}

	/**
	 * Returns what kind of lock it is, for logs.
	 * @return the name given, or empty for none
	 */
	public Optional<String> name() {
		return Optional.ofNullable(this.name);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LockSpec that && this.key.equals(that.key) && Objects.equals(this.expire, that.expire)
				&& Objects.equals(this.timeout, that.timeout) && this.renewal == that.renewal
				&& Objects.equals(this.name, that.name);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.key, this.expire, this.timeout, this.renewal, this.name);
	}

	@Override
	public String toString() {
		return "LockSpec[key=%s, expire=%s, timeout=%s, renewal=%s, name=%s]".formatted(LoggedText.of(this.key),
				this.expire, this.timeout, this.renewal, this.name);
	}

	private static String requireUsable(@Nullable String key) {
		if (key == null || key.isBlank()) {
			throw new IllegalArgumentException(
					"A lock key must not be null or blank, but is; name what is to be locked");
		}
		if (key.length() > MAX_KEY_BYTES || key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
			throw new IllegalArgumentException(
					"A lock key must be at most %d bytes of UTF-8, but one of %d characters is longer; lock an identifier or a digest instead"
						.formatted(MAX_KEY_BYTES, key.length()));
		}
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
			throw new IllegalArgumentException(
					"A lock key must be valid Unicode, but this one holds half of a surrogate pair, which UTF-8 would turn into '?'");
		}
		return key;
	}

	private static void require(boolean condition, String name, Duration value, String rule) {
		if (!condition) {
			throw new IllegalArgumentException("%s is %s, but %s".formatted(name, value, rule));
		}
	}

}
