/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.redislocked.Lease;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What travels with the caller of an asynchronous method.
 */
class CallerContextIntegrationTests {

	private final ThreadLocal<String> tenant = new ThreadLocal<>();

	private final LockedApplication application = new LockedApplication(Driver.LETTUCE, Work.class);

	private final Work work = this.application.get(Work.class);

	@BeforeEach
	void register() {
		ContextRegistry.getInstance().registerThreadLocalAccessor("test.tenant", this.tenant);
	}

	@AfterEach
	void close() {
		ContextRegistry.getInstance().removeThreadLocalAccessor("test.tenant");
		this.application.close();
	}

	@Test
	void whenTheCallerCarriesValuesThenTheBodyHasThem() {
		this.tenant.set("blue");
		Lease other = this.application.take();
		CompletionStage<String> result = tenantOfBody();
		this.tenant.remove();
		other.close();
		assertThat(result.toCompletableFuture().join()).isEqualTo("blue");
	}

	@Test
	void whenTheCallerCarriesNothingThenNothingIsLeftOfOthers() {
		this.tenant.set("blue");
		assertThat(tenantOfBody().toCompletableFuture().join()).isEqualTo("blue");
		this.tenant.remove();
		assertThat(tenantOfBody().toCompletableFuture().join()).isEqualTo("none");
	}

	@Test
	void whenAdviceInsideTheLockAsksForTheInvocationThenItIsThere() {
		CompletionStage<String> result = this.work.stage(this.application.key(),
				() -> ExposeInvocationInterceptor.currentInvocation().getMethod().getName());
		assertThat(result.toCompletableFuture().join()).isEqualTo("stage");
	}

	private CompletionStage<String> tenantOfBody() {
		return this.work.stage(this.application.key(), () -> String.valueOf(this.tenant.get()).replace("null", "none"));
	}

	static class Work {

		@RedisLocked("#key")
		CompletionStage<String> stage(String key, Supplier<String> body) {
			return CompletableFuture.completedStage(body.get());
		}

	}

}
