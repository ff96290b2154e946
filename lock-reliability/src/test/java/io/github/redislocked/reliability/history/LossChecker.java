/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * C6: where somebody has got a lock before its holder gave it up, the holder is told: one
 * with a renewed lease within a third of it, one with a strict lease at its deadline; or
 * it learns it when it closes the lease before that.
 */
final class LossChecker implements Checker {

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		history.grantsByKey(Comparator.comparingLong(Operation::fence)).forEach((key, grants) -> {
			for (int i = 1; i < grants.size(); i++) {
				Operation holder = grants.get(i - 1);
				Operation next = grants.get(i);
				boolean taken = holder.endInvokedAt() == 0 || next.answeredAt() < holder.endInvokedAt();
				if (taken && holder.fence() < next.fence() && !isTold(history, holder, next)) {
					violations.add(new Violation(Check.LOSS_TOLD, History.keyOf(key), next.answeredAt(),
							"a holder was not told of its loss in time: " + holder + "; the lock went to " + next));
				}
			}
		});
		return violations;
	}

	private static boolean isTold(History history, Operation holder, Operation next) {
		long limit = limit(history, holder, next.answeredAt());
		ProcessLife process = history.processOf(holder);
		if (process.endedAt() <= limit || history.endedAt() <= limit) {
			return true;
		}
		if (holder.lostToldAt() != 0 && holder.lostToldAt() <= limit) {
			return true;
		}
		if (holder.endAnsweredAt() == 0 || holder.endInvokedAt() > limit) {
			return false;
		}
		// A release that Redis did not answer is repeated in the background.
		return holder.end() == End.LOST || history.disturbed(next.answeredAt(), holder.endAnsweredAt()) > 0;
	}

	private static long limit(History history, Operation holder, long takenAt) {
		long limit;
		if (holder.renewed()) {
			long due = takenAt + holder.expire() / 3;
			limit = (history.disturbed(takenAt, due + history.commandTimeout()) > 0) ? takenAt + holder.expire() : due;
		}
		else {
			limit = Math.max(holder.heldUntil(), takenAt);
		}
		limit += history.commandTimeout() + History.SLACK;
		for (Span span : history.processOf(holder).frozen()) {
			if (span.begin() <= limit && span.end() > takenAt) {
				limit += span.end() - Math.max(span.begin(), takenAt);
			}
		}
		return limit;
	}

}
