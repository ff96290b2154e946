/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.Collection;

import io.github.redislocked.annotation.RedisLocked;

/**
 * Methods with keys of all kinds, which remember whether one of them ran.
 */
class Orders {

	private boolean ran;

	boolean ran() {
		return this.ran;
	}

	@RedisLocked("nightly-report @id")
	void literal() {
		this.ran = true;
	}

	@RedisLocked("#id")
	void byId(Object id) {
		this.ran = true;
	}

	@RedisLocked(key = "'order:' + #id")
	void concatenated(String id) {
		this.ran = true;
	}

	@RedisLocked("order:#{#id}/#{#line}")
	void template(Object id, Object line) {
		this.ran = true;
	}

	@RedisLocked("'it''s'")
	void quoted() {
		this.ran = true;
	}

	@RedisLocked("#p0 + '-' + #a1")
	void positions(String first, String second) {
		this.ran = true;
	}

	@RedisLocked("#{#root.methodName} #{#root.args[0]} #{#root.method.name} #{#root.targetClass.simpleName} #{#root.target != null}")
	void root(String id) {
		this.ran = true;
	}

	@RedisLocked("@shop.apply(#id)")
	void bean(String id) {
		this.ran = true;
	}

	@RedisLocked("${region}-#{#id}")
	void placeholder(String id) {
		this.ran = true;
	}

	@RedisLocked({ "#first", "#second", "fixed" })
	void several(String first, String second) {
		this.ran = true;
	}

	@RedisLocked("#ids.!['order:' + #this]")
	void projected(Collection<String> ids) {
		this.ran = true;
	}

	@RedisLocked("'order:' + #order.id")
	void path(Order order) {
		this.ran = true;
	}

	@RedisLocked("#order.id")
	void property(Order order) {
		this.ran = true;
	}

	record Order(String id) {

	}

}
