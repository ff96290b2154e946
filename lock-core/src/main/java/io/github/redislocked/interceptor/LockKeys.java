/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.redislocked.LockSpec;
import io.github.redislocked.inspection.MethodSnapshot.KeySnapshot;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;

/**
 * The keys of a locked method. Those that are the same in every call are made once.
 */
final class LockKeys {

	private final List<LockKey> keys;

	private final UnaryOperator<LockSpec> shape;

	private final ParameterNames names;

	private final LockKeyContexts contexts;

	private final LockedPlace place;

	private final @Nullable List<LockSpec> constant;

	private LockKeys(List<LockKey> keys, UnaryOperator<LockSpec> shape, ParameterNames names, LockKeyContexts contexts,
			LockedPlace place, @Nullable List<LockSpec> constant) {
		this.keys = keys;
		this.shape = shape;
		this.names = names;
		this.contexts = contexts;
		this.place = place;
		this.constant = constant;
	}

	static LockKeys of(List<LockKey> keys, UnaryOperator<LockSpec> shape, ParameterNames names,
			LockKeyContexts contexts, LockedPlace place) {
		Map<String, LockSpec> constants = new LinkedHashMap<>();
		boolean all = true;
		for (LockKey key : keys) {
			if (key instanceof LockKey.Constant constant) {
				try {
					constants.put(constant.value(), shape.apply(LockSpec.of(constant.value())));
				}
				catch (IllegalArgumentException ex) {
					throw place.refuse("key", key.text(), String.valueOf(ex.getMessage()),
							"Name what is locked in 1 to %d bytes.".formatted(LockSpec.MAX_KEY_BYTES), ex);
				}
			}
			else {
				all = false;
			}
		}
		return new LockKeys(List.copyOf(keys), shape, names, contexts, place,
				all ? List.copyOf(constants.values()) : null);
	}

	/**
	 * Returns how the keys were understood.
	 * @return the keys, in the order of the annotation
	 */
	List<KeySnapshot> snapshots() {
		return this.keys.stream().map((key) -> new KeySnapshot(key.text(), key.kind())).toList();
	}

	List<LockSpec> specs(MethodInvocation call) {
		if (this.constant != null) {
			return this.constant;
		}
		EvaluationContext context = this.contexts.create(call, this.names);
		Map<String, LockSpec> specs = new LinkedHashMap<>();
		for (LockKey key : this.keys) {
			try {
				evaluate(key, context,
						(text) -> specs.computeIfAbsent(text, (absent) -> this.shape.apply(LockSpec.of(absent))));
			}
			catch (EvaluationException ex) {
				throw new IllegalArgumentException(describe(key, "could not be evaluated: " + ex.getMessage()), ex);
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException(describe(key, String.valueOf(ex.getMessage())), ex);
			}
		}
		return List.copyOf(specs.values());
	}

	private static void evaluate(LockKey key, EvaluationContext context, Consumer<String> consumer) {
		if (key instanceof LockKey.Computed computed) {
			KeyText.each(computed.evaluate(context), consumer);
		}
		else if (key instanceof LockKey.Template template) {
			consumer.accept(template.evaluate(context));
		}
		else if (key instanceof LockKey.Constant constant) {
			consumer.accept(constant.value());
		}
	}

	private String describe(LockKey key, String problem) {
		return "The key \"%s\" of @RedisLocked on %s %s".formatted(key.text(), this.place, problem);
	}

}
