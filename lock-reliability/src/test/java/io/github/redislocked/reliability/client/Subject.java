/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Duration;

import io.github.redislocked.engine.LocalHandover;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.redis.QueueLockStore;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The locks that a suite is run on: ours, and canaries, each with a bug that locks on
 * Redis have had.
 */
public enum Subject {

	/** Ours. */
	OURS {
		@Override
		LockStore store(RedisConnectionFactory connections, int process) {
			return new QueueLockStore(connections, "redis-lock:", Duration.ofMinutes(10));
		}

		@Override
		LocalHandover localHandover() {
			return LocalHandover.DEFAULT;
		}
	},

	/** The older algorithm, on clients' clocks that differ. */
	OLDER_ALGORITHM {
		@Override
		LockStore store(RedisConnectionFactory connections, int process) {
			return new OlderAlgorithmStore(new StringRedisTemplate(connections), 3L * (process % 2));
		}
	},

	/** Released by a DEL that looks at no token. */
	TOKENLESS_DELETE {
		@Override
		LockStore store(RedisConnectionFactory connections, int process) {
			return new TokenlessDeleteStore(new StringRedisTemplate(connections));
		}
	},

	/** Taken by a bare SET NX, which does not know its own lock again. */
	BARE_SET {
		@Override
		LockStore store(RedisConnectionFactory connections, int process) {
			return new BareSetStore(new StringRedisTemplate(connections));
		}
	},

	/** A waiter relies on its wake-up, and never asks again. */
	NO_RE_ASK {
		@Override
		LockStore store(RedisConnectionFactory connections, int process) {
			return new NoReAskStore(OURS.store(connections, process));
		}
	},

	/** A queue that a waiter enters twice if its command is repeated. */
	DOUBLE_QUEUE {
		@Override
		LockStore store(RedisConnectionFactory connections, int process) {
			return new DoubleQueueStore(new StringRedisTemplate(connections));
		}
	},

	/** Fencing tokens from a plain counter, which may be evicted. */
	PLAIN_COUNTER {
		@Override
		LockStore store(RedisConnectionFactory connections, int process) {
			return new PlainCounterStore(new StringRedisTemplate(connections));
		}
	};

	abstract LockStore store(RedisConnectionFactory connections, int process);

	LocalHandover localHandover() {
		return LocalHandover.NONE;
	}

}
