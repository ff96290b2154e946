/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.List;

/**
 * Looks for a broken promise in a history.
 */
public interface Checker {

	/** All of them. */
	List<Checker> ALL = List.of(new ExclusionChecker(), new FencingChecker(), new WaitChecker(), new OrphanChecker(),
			new CounterChecker(), new LossChecker(), new LeakChecker(), new LinearizabilityChecker());

	/**
	 * Checks a history.
	 * @param history what happened
	 * @return what it must not have
	 */
	List<Violation> check(History history);

}
