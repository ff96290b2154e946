/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import io.reactivex.rxjava3.core.Single;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RefusedMethodsTests {

	@Test
	void whenMethodCannotBeInterceptedThenRefused() {
		assertThat(Refusals.of(FinalMethod.class).problem())
			.isEqualTo("a proxy cannot intercept a method that is final");
		assertThat(Refusals.of(PrivateMethod.class).problem()).endsWith("private");
		assertThat(Refusals.of(StaticMethod.class).problem()).endsWith("static");
		assertThat(Refusals.of(InheritedPrivateMethod.class).method()).contains("run()");
	}

	@Test
	void whenClassIsFinalThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(FinalClass.class);
		assertThat(ex.problem()).contains("final");
		assertThat(ex.method()).isEmpty();
	}

	@Test
	void whenLazyBeanIsWrongThenRefusedWhenCreated() {
		try (LockedBeans beans = LockedBeans.of(LazyWrong.class)) {
			assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> beans.get(LazyWrong.class))
				.withCauseInstanceOf(InvalidRedisLockedException.class);
		}
	}

	@Test
	void whenResultEndsLaterAndSaysSoThenAccepted() {
		LockedBeans.of(ReturnsFuture.class, ReturnsStage.class, ReturnsMono.class, ReturnsFlux.class, ReturnsFlow.class)
			.close();
	}

	@Test
	void whenResultIsOfASubtypeThenRefused() {
		assertThat(Refusals.of(ReturnsOwnFuture.class).problem()).contains("OwnFuture");
		assertThat(Refusals.of(ReturnsProcessor.class).problem()).contains("Processor");
	}

	@Test
	void whenSkippedResultCannotBeEmptyThenRefused() {
		assertThat(Refusals.of(SkipsSingle.class).problem()).contains("an empty Single, which there is not");
	}

	@Test
	void whenNobodySeesTheEndThenRefused() {
		assertThat(Refusals.of(ReturnsRawFuture.class).problem()).contains("java.util.concurrent.Future");
		assertThat(Refusals.of(ReturnsCallable.class).problem()).contains("nobody can see");
	}

	@Test
	void whenDeclaredTypeIsInterfaceThenTheBeanItselfIsChecked() {
		assertThat(Refusals.of(DeclaresInterface.class).beanClass()).isEqualTo(WrongOverload.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class DeclaresInterface {

		@Bean
		Runnable runnable() {
			return new WrongOverload();
		}

	}

	static class WrongOverload implements Runnable {

		@RedisLocked
		void run(String text) {
		}

		@Override
		public void run() {
		}

	}

	static class FinalMethod {

		@RedisLocked("k")
		final void run() {
		}

	}

	static class PrivateMethod {

		@RedisLocked("k")
		private void run() {
		}

	}

	static class StaticMethod {

		@RedisLocked("k")
		static void run() {
		}

	}

	static class InheritedPrivateMethod extends PrivateMethod {

	}

	@RedisLocked("k")
	static final class FinalClass {

		void run() {
		}

	}

	@Lazy
	static class LazyWrong extends FinalMethod {

	}

	static class ReturnsFuture {

		@RedisLocked("k")
		CompletableFuture<String> run() {
			return new CompletableFuture<>();
		}

	}

	static class ReturnsStage {

		@RedisLocked("k")
		CompletionStage<String> run() {
			return new CompletableFuture<>();
		}

	}

	static class OwnFuture extends CompletableFuture<String> {

	}

	static class ReturnsOwnFuture {

		@RedisLocked("k")
		OwnFuture run() {
			return new OwnFuture();
		}

	}

	static class ReturnsProcessor {

		@RedisLocked("k")
		Flow.Processor<String, String> run() {
			throw new UnsupportedOperationException();
		}

	}

	static class SkipsSingle {

		@RedisLocked(key = "k", onTimeout = OnTimeout.SKIP)
		Single<String> run() {
			return Single.just("");
		}

	}

	static class ReturnsMono {

		@RedisLocked("k")
		Mono<String> run() {
			return Mono.empty();
		}

	}

	static class ReturnsFlux {

		@RedisLocked("k")
		Flux<String> run() {
			return Flux.empty();
		}

	}

	static class ReturnsFlow {

		@RedisLocked("k")
		Flow.Publisher<String> run() {
			return (subscriber) -> {
			};
		}

	}

	static class ReturnsRawFuture {

		@RedisLocked("k")
		Future<String> run() {
			return new CompletableFuture<>();
		}

	}

	static class ReturnsCallable {

		@RedisLocked("k")
		Callable<String> run() {
			return () -> "";
		}

	}

}
