/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.inspection.ListedLock;
import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * Lists the locks that are held in the fleet, page by page. A script finds their names;
 * each is then inspected by itself, wherever it is by then.
 *
 * @param scripts runs scripts by the calling thread
 * @param names what the locks' Redis keys look like
 * @param rights what the user of the locks may do
 * @param inspection says what there is of a lock
 */
record LockListing(Scripts scripts, LockNames names, LockRights rights, Function<String, LockSnapshot> inspection) {

	static final RedisScript<String> FIND = Scripts.load("", List.of("find-locks.lua"));

	/**
	 * How often the script is run for one page, which looks at a thousand Redis keys each
	 * time.
	 */
	private static final int MOST_RUNS = 10;

	/**
	 * Lists locks from a place on.
	 * @param cursor the place; {@code null} for the beginning
	 * @param limit how many locks are looked at; a few more at most
	 * @return those that are held
	 * @throws IllegalArgumentException if there is no such place, or no longer
	 * @throws LockStoreException if Redis cannot say; its key is empty
	 */
	LockPage page(@Nullable String cursor, int limit) {
		List<ListedLock> locks = new ArrayList<>();
		ListingPlace place = (cursor != null) ? ListingPlace.parse(cursor) : ListingPlace.START;
		int wanted = limit;
		for (int run = 0; run < MOST_RUNS && place != null && wanted > 0; run++) {
			String[] lines = find(place, wanted).split("\n");
			place = following(lines[0], cursor != null);
			for (int i = 1; i < lines.length; i++) {
				ListedLock lock = look(unescaped(lines[i]));
				if (lock != null) {
					locks.add(lock);
				}
			}
			wanted -= lines.length - 1;
		}
		return new LockPage(List.copyOf(locks), (place != null) ? place.toString() : null);
	}

	private String find(ListingPlace place, int wanted) {
		String leading = leadingTo(place);
		String slot = this.names.areInOneSlot() ? Integer.toString(ListingPlace.slotOf(leading)) : "any";
		try {
			return this.scripts.await(FIND,
					new ScriptCall("", List.of(leading), place.slots(), place.digest(), place.run(), place.cursor(),
							this.names.pattern(), Integer.toString(wanted),
							this.names.areOfNumbers() ? "number" : "any", slot));
		}
		catch (LockStoreException ex) {
			String reason = RedisFailures.isRefusal(ex)
					? "the user of spring.data.redis.username lacks a right, of which only listing needs %s: ACL SETUSER <user> %1$s"
						.formatted(LockRights.added(this.rights.forListing()))
					: RedisFailures.inWords(ex);
			throw new LockStoreException("", "The locks could not be listed: " + reason, ex.isTransient(),
					ex.getCause());
		}
	}

	// If the names decide the slot, this is the only server that has any.
	private String leadingTo(ListingPlace place) {
		return IntStream.iterate(0, (number) -> number + 1)
			.mapToObj(this.names::example)
			.filter((name) -> this.names.areInOneSlot() || place.isServing(name))
			.findFirst()
			.orElseThrow();
	}

	private static @Nullable ListingPlace following(String line, boolean begunBefore) {
		if (line.equals("END")) {
			return null;
		}
		if (!line.equals("CHANGED")) {
			String[] fields = line.split(" ");
			return new ListingPlace(fields[0], fields[1], fields[2], fields[3]);
		}
		if (begunBefore) {
			throw new IllegalArgumentException("cursor does not fit Redis as it is now: it is of another Redis or "
					+ "redis-lock.key-prefix, or since it was given a server was restarted or replaced, or slots of "
					+ "the cluster have moved; begin again without a cursor");
		}
		throw new LockStoreException("", "The locks could not be listed: slots of the cluster are moving or one of "
				+ "its servers is being replaced; begin again when that is over", true, null);
	}

	private @Nullable ListedLock look(String name) {
		String key = this.names.keyOf(name);
		if (key == null) {
			return null;
		}
		try {
			LockSnapshot lock = this.inspection.apply(key);
			return lock.held() ? new ListedLock(key, lock.ownerToken(), lock.instance(), lock.remaining(),
					lock.lastFencingToken(), lock.waiters()) : null;
		}
		catch (LockStoreException ex) {
			if (!RedisFailures.isOfOneKey(ex)) {
				throw ex;
			}
			// One that is spoilt, or just moving, must not hide all the others.
			return new ListedLock(key, null, null, null, null, 0);
		}
	}

	private static String unescaped(String name) {
		return name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
	}

}
