/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import io.github.redislocked.config.RedisLockSettings;
import io.github.redislocked.config.StartupCheck;
import io.github.redislocked.engine.LocalHandover;

/**
 * Settings that a run of the tests may change as a whole.
 */
public final class TestSettings {

	/**
	 * The hand-over inside a process: as by default, or with
	 * {@code -Dredislocked.local-handover=none} not at all.
	 */
	public static final LocalHandover LOCAL_HANDOVER = "none".equals(System.getProperty("redislocked.local-handover"))
			? LocalHandover.NONE : LocalHandover.DEFAULT;

	private TestSettings() {
	}

	/**
	 * Returns the settings of an application that sets none.
	 * @return the defaults, except as said above
	 */
	public static RedisLockSettings defaults() {
		RedisLockSettings defaults = RedisLockSettings.defaults();
		return new RedisLockSettings(defaults.enabled(), defaults.algorithm(), defaults.keyPrefix(), defaults.expire(),
				defaults.timeout(), defaults.maxHold(), defaults.instanceId(), defaults.order(),
				defaults.fenceRetention(), defaults.shutdownGrace(), LOCAL_HANDOVER, StartupCheck.OFF,
				defaults.replicasWait());
	}

}
