/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;

/**
 * Where a listing goes on: what its cursor says. It is all that is remembered of the
 * listing, so that any process can go on with it.
 *
 * @param slots the first slots of the server that comes next, which name it
 * @param digest what is walked: who serves which slots, and what the names of locks look
 * like
 * @param run which run of the server the cursor is from
 * @param cursor the cursor of {@code SCAN}
 */
record ListingPlace(String slots, String digest, String run, String cursor) {

	/**
	 * Where a listing begins.
	 */
	static final ListingPlace START = new ListingPlace("-", "-", "-", "0");

	private static final Pattern SLOTS = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

	private static final List<Pattern> FIELDS = List.of(SLOTS, Pattern.compile("[0-9a-f]{10}"),
			Pattern.compile("-|[0-9a-f]{1,10}"), Pattern.compile("\\d{1,20}"));

	/**
	 * Reads what {@link #toString()} has written.
	 * @param text the text
	 * @return the place
	 * @throws IllegalArgumentException if the text is nothing of ours
	 */
	static ListingPlace parse(String text) {
		String[] fields = text.split("\\.", -1);
		boolean valid = fields.length == FIELDS.size();
		for (int i = 0; valid && i < fields.length; i++) {
			valid = FIELDS.get(i).matcher(fields[i]).matches();
		}
		if (!valid || !isCursor(fields[3]) || !areSlots(fields[0])) {
			throw new IllegalArgumentException("cursor is no cursor of a listing of locks: "
					+ "give the nextCursor of the page before as it is, or none to begin");
		}
		return new ListingPlace(fields[0], fields[1], fields[2], fields[3]);
	}

	/**
	 * Returns whether a Redis key leads to the server.
	 * @param redisKey the Redis key
	 * @return {@code true} if its slot is one of the first of the server's
	 */
	boolean isServing(String redisKey) {
		Matcher range = SLOTS.matcher(this.slots);
		int slot = slotOf(redisKey);
		return !range.matches()
				|| (Integer.parseInt(range.group(1)) <= slot && slot <= Integer.parseInt(range.group(2)));
	}

	static int slotOf(String redisKey) {
		return ClusterSlotHashUtil.calculateSlot(redisKey.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return String.join(".", this.slots, this.digest, this.run, this.cursor);
	}

	private static boolean areSlots(String text) {
		String[] ends = text.split("-");
		int first = Integer.parseInt(ends[0]);
		int last = Integer.parseInt(ends[1]);
		return first <= last && last < ClusterSlotHashUtil.SLOT_COUNT;
	}

	private static boolean isCursor(String text) {
		try {
			Long.parseUnsignedLong(text);
			return true;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

}
