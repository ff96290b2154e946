/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.redislocked.LeaseKeeper;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.annotation.OnLoss;
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.inspection.MethodSnapshot;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.StringUtils;

/**
 * Turns an annotation into a {@link LockedMethod}, or refuses it.
 */
final class LockedMethodReader {

	private final Placeholders placeholders;

	private final LockKeyContexts contexts;

	private final ObjectProvider<LeaseKeeper> keepers;

	private final ObjectProvider<CallerContext> callerContexts;

	private final List<ResultAdapter> adapters;

	LockedMethodReader(BeanFactory beanFactory, List<ResultAdapter> adapters) {
		this.adapters = adapters;
		this.placeholders = new Placeholders(beanFactory);
		this.contexts = new LockKeyContexts(beanFactory);
		this.keepers = beanFactory.getBeanProvider(LeaseKeeper.class);
		this.callerContexts = beanFactory.getBeanProvider(CallerContext.class);
	}

	LockedMethod read(MergedAnnotation<RedisLocked> annotation, Method method, Class<?> targetClass) {
		LockedPlace place = new LockedPlace(targetClass, method);
		String name = annotation.getString("name");
		if (!StringUtils.hasText(name)) {
			name = targetClass.getSimpleName() + "." + method.getName();
		}
		LockInvocation invocation = LockInvocation.of(method, this.adapters, place);
		UnaryOperator<LockSpec> shape = shape(annotation, name, place);
		LockKeys keys = keys(annotation, shape, method, place);
		return new LockedMethod(name, keys, invocation, timeoutAction(annotation, name, method, invocation, place),
				keeper(annotation), annotation.getEnum("onLoss", OnLoss.class),
				this.callerContexts.getIfAvailable(() -> CallerContext.NONE),
				snapshot(annotation, shape.apply(LockSpec.of("any")), keys, place));
	}

	private static MethodSnapshot snapshot(MergedAnnotation<RedisLocked> annotation, LockSpec spec, LockKeys keys,
			LockedPlace place) {
		String fallback = annotation.getString("fallback");
		return new MethodSnapshot(place.toString(), spec.name().orElse(place.toString()), keys.snapshots(),
				spec.expire().orElse(null), spec.timeout().orElse(null), spec.renewal(),
				fallback.isEmpty() ? annotation.getEnum("onTimeout", OnTimeout.class).name() : "fallback " + fallback,
				annotation.getEnum("onLoss", OnLoss.class).name(), annotation.getBoolean("afterTransaction"));
	}

	private LeaseKeeper keeper(MergedAnnotation<RedisLocked> annotation) {
		return annotation.getBoolean("afterTransaction") ? this.keepers.getIfAvailable(() -> LeaseKeeper.NONE)
				: LeaseKeeper.NONE;
	}

	private LockKeys keys(MergedAnnotation<RedisLocked> annotation, UnaryOperator<LockSpec> shape, Method method,
			LockedPlace place) {
		String[] texts = annotation.getStringArray("key");
		if (texts.length == 0) {
			throw place.refuse("no key is given", "Say what is locked, for example key = \"nightly-report\".");
		}
		Method annotated = (annotation.getSource() instanceof Method source) ? source : method;
		ParameterNames names = ParameterNames.of(method, annotated);
		List<LockKey> keys = new ArrayList<>();
		for (String text : texts) {
			keys.add(LockKey.parse(this.placeholders.resolve(text, "key", place), names, place));
		}
		return LockKeys.of(keys, shape, names, this.contexts, place);
	}

	private UnaryOperator<LockSpec> shape(MergedAnnotation<RedisLocked> annotation, String name, LockedPlace place) {
		Renewal renewal = annotation.getEnum("renew", Renewal.class);
		String expire = this.placeholders.resolve(annotation.getString("expire"), "expire", place);
		String timeout = this.placeholders.resolve(annotation.getString("timeout"), "timeout", place);
		LockSpec probe = LockSpec.of("probe").renew(renewal);
		LockSpec shape = withDuration(withDuration(probe, expire, "expire", LockSpec::expire, place), timeout,
				"timeout", LockSpec::timeout, place);
		return (spec) -> like(shape, spec).name(name);
	}

	private static LockSpec like(LockSpec shape, LockSpec spec) {
		LockSpec result = spec.renew(shape.renewal());
		result = shape.expire().map(result::expire).orElse(result);
		return shape.timeout().map(result::timeout).orElse(result);
	}

	private static LockSpec withDuration(LockSpec spec, String text, String attribute, DurationSetter setter,
			LockedPlace place) {
		if (!StringUtils.hasText(text)) {
			return spec;
		}
		try {
			return setter.set(spec, LockDurations.parse(text));
		}
		catch (IllegalArgumentException ex) {
			throw place.refuse(attribute, text, String.valueOf(ex.getMessage()),
					"Write a duration like 10s, 500ms or 1m30s; leave %s out for the default.".formatted(attribute),
					ex);
		}
	}

	private static TimeoutAction timeoutAction(MergedAnnotation<RedisLocked> annotation, String name, Method method,
			LockInvocation invocation, LockedPlace place) {
		boolean skip = annotation.getEnum("onTimeout", OnTimeout.class) == OnTimeout.SKIP;
		String fallback = annotation.getString("fallback");
		if (skip && !fallback.isEmpty()) {
			throw place.refuse("fallback", fallback, "a fallback stands beside onTimeout = SKIP",
					"Choose one: the fallback is called instead of skipping.");
		}
		if (skip && !invocation.canSkip(method)) {
			boolean primitive = method.getReturnType().isPrimitive();
			throw place.refuse("onTimeout", "SKIP",
					primitive ? "a skipped method returns null, which " + method.getReturnType() + " cannot hold"
							: "a skipped method returns an empty %s, which there is not"
								.formatted(method.getReturnType().getSimpleName()),
					primitive ? "Return the wrapper type or an Optional, or name a fallback."
							: "Return a type that can be empty, or name a fallback.");
		}
		if (skip) {
			return new SkipAction(name, method.getReturnType());
		}
		return fallback.isEmpty() ? TimeoutAction.THROW : FallbackAction.of(fallback, method, place);
	}

	@FunctionalInterface
	private interface DurationSetter {

		LockSpec set(LockSpec spec, Duration duration);

	}

}
