/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.redis;

/**
 * What Redis had to do.
 *
 * @param scripts scripts that were run
 * @param commands all commands, those inside scripts and the scripts themselves included
 * @param reads how often it read from a connection: of one caller, its round trips
 * @param bytesIn bytes received
 * @param bytesOut bytes sent
 */
public record RedisWork(long scripts, long commands, long reads, long bytesIn, long bytesOut) {

	/**
	 * Returns what was done since an earlier reading.
	 * @param earlier the earlier reading
	 * @return the difference
	 */
	public RedisWork since(RedisWork earlier) {
		return new RedisWork(this.scripts - earlier.scripts, this.commands - earlier.commands,
				this.reads - earlier.reads, this.bytesIn - earlier.bytesIn, this.bytesOut - earlier.bytesOut);
	}

}
