/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import org.aopalliance.intercept.MethodInterceptor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;

/**
 * Locked methods that return publishers, with an interceptor between lock and method.
 */
@Import(Pipelines.Inner.class)
class Pipelines {

	@RedisLocked(key = "#key", timeout = "30s")
	Mono<Long> mono(String key, Supplier<Mono<Long>> body) {
		return body.get();
	}

	@RedisLocked(key = "#key", timeout = "30s")
	Flux<Long> flux(String key, Supplier<Flux<Long>> body) {
		return body.get();
	}

	@RedisLocked(key = "#key", expire = "100ms")
	Flux<Long> strict(String key, Supplier<Flux<Long>> body) {
		return body.get();
	}

	@RedisLocked(key = "#key", timeout = "0")
	Mono<Long> impatient(String key) {
		return Mono.just(1L);
	}

	@RedisLocked(key = "#key", timeout = "0", onTimeout = OnTimeout.SKIP)
	Mono<Long> skipped(String key) {
		return Mono.just(1L);
	}

	@RedisLocked(key = "#key", timeout = "0", onTimeout = OnTimeout.SKIP)
	Flux<Long> skippable(String key, Supplier<Flux<Long>> body) {
		return body.get();
	}

	@RedisLocked(key = "#key", timeout = "0", fallback = "instead")
	Flux<Long> withFallback(String key) {
		return Flux.just(1L);
	}

	private Flux<Long> instead(String key) {
		return Flux.just(-1L, -2L);
	}

	@RedisLocked(key = "#key", timeout = "0", fallback = "given")
	Mono<Long> withGivenFallback(String key, Supplier<Mono<Long>> fallback) {
		return Mono.just(1L);
	}

	private Mono<Long> given(String key, Supplier<Mono<Long>> fallback) {
		return fallback.get();
	}

	static class CountedCalls extends DefaultPointcutAdvisor {

		private static final long serialVersionUID = 1;

		private final transient AtomicInteger calls = new AtomicInteger();

		CountedCalls() {
			NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
			pointcut.addMethodName("mono");
			setPointcut(pointcut);
			setAdvice((MethodInterceptor) (invocation) -> {
				this.calls.incrementAndGet();
				return invocation.proceed();
			});
			setOrder(Ordered.LOWEST_PRECEDENCE);
		}

		int calls() {
			return this.calls.get();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Inner {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static CountedCalls countedCalls() {
			return new CountedCalls();
		}

	}

}
