/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Runs a method under a lock that all instances of the application share: at most one
 * caller is inside for each key.
 *
 * <pre class="code">
 * &#064;RedisLocked(key = "'order:' + #id", expire = "10s", timeout = "3s")
 * public void reserve(String id) { ... }</pre>
 *
 * On a class the annotation stands for every method that a proxy can intercept, except
 * those of {@link Object}; a method's own annotation takes its place altogether. It may
 * also stand on an interface or its methods, and on another annotation (see
 * {@link AliasFor}).
 * <p>
 * The method is intercepted by a proxy around the bean: calls that the bean makes to
 * itself are not locked.
 * <p>
 * The lock is taken before a transaction begins and is given back after it has ended,
 * also if that is a transaction around the call (see {@link #afterTransaction}). What the
 * method throws always reaches the caller; a lock that was lost meanwhile is added to it
 * as suppressed, or thrown as {@link io.github.redislocked.LockLostException} if the
 * method returned normally. If the thread is interrupted while it waits, the method does
 * not run; the caller receives a {@link LockNotAcquiredException} with the
 * {@link InterruptedException} as its cause, and the thread is interrupted again.
 * <p>
 * <b>Results that end later</b> ({@link java.util.concurrent.CompletionStage},
 * {@link java.util.concurrent.CompletableFuture}, every publisher that Spring's
 * {@link org.springframework.core.ReactiveAdapterRegistry} knows, suspend functions of
 * Kotlin): the lock is acquired without blocking the caller, and is held until the stage
 * or publisher has ended. Every failure arrives through it, never thrown. Each
 * subscription to a publisher acquires anew. Cancelling the result ends the wait and
 * leaves nothing, or is passed on to what runs. A lock that is lost meanwhile fails the
 * result; a publisher is cancelled then.
 * <p>
 * <b>Durations</b> are strings: {@code "10s"}, {@code "500ms"}, {@code "1m30s"},
 * {@code "PT10S"}. A bare number means seconds. <code>${...}</code> placeholders are
 * resolved in keys and durations.
 * <p>
 * Everything here is read and checked once, when the bean is created; what could not work
 * is refused then. That includes annotated methods that are {@code final},
 * {@code private} or {@code static}, and results whose end nobody can see.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Reflective
public @interface RedisLocked {

	/**
	 * What is locked: an alias for {@link #key}.
	 * @return the keys
	 */
	@AliasFor("key")
	String[] value() default {};

	/**
	 * What is locked. There is no default: at least one key is required.
	 * <p>
	 * A key is literal text, unless it contains {@code #} or {@code '}: then it is a SpEL
	 * expression, or, with <code>#{...}</code>, text with SpEL expressions in it. So
	 * {@code "nightly-report"}, {@code "#id"}, {@code "'order:' + #id"} and
	 * <code>"order:#{#id}"</code> all mean what they look like.
	 * <p>
	 * An expression sees the method's parameters by name ({@code #id}) and by position
	 * ({@code #p0} or {@code #a0}), beans ({@code @pricing}), and as {@code #root} the
	 * {@code method}, {@code methodName}, {@code args}, {@code target} and
	 * {@code targetClass}. Arguments are values, never expressions.
	 * <p>
	 * Several keys are taken all or none, in an order in which callers cannot block each
	 * other. A key whose value is a collection or an array stands for as many keys as it
	 * has elements; duplicates are dropped.
	 * <p>
	 * Refused when the bean is created: no key, a syntax error, a {@code #name} that is
	 * no parameter, literal text that is blank or longer than
	 * {@value LockSpec#MAX_KEY_BYTES} bytes of UTF-8. A call whose key comes out null,
	 * blank, empty or too long ends in an {@link IllegalArgumentException} before the
	 * method runs; so does one whose key is an object without a text of its own.
	 * @return the keys
	 */
	@AliasFor("value")
	String[] key() default {};

	/**
	 * Lease time: when it has passed without renewal, Redis frees the lock by itself.
	 * <p>
	 * The default is {@code redis-lock.expire} (30 s), renewed while the method runs. A
	 * lease time given here is strict: it is not renewed, unless {@link #renew} says
	 * {@link Renewal#ALWAYS}. At least 1 ms and at most 365 days; anything else is
	 * refused when the bean is created.
	 * @return the lease time, or an empty string for the default
	 */
	String expire() default "";

	/**
	 * How long a caller is ready to wait for the lock, or for all of several locks.
	 * <p>
	 * The default is {@code redis-lock.timeout} (3 s). {@code "0"} means one attempt
	 * without waiting. A negative time, or more than 365 days, is refused when the bean
	 * is created.
	 * @return the wait budget, or an empty string for the default
	 */
	String timeout() default "";

	/**
	 * Whether the lease is renewed while the method runs.
	 * <p>
	 * The default is {@link Renewal#AUTO}: renewed unless an {@link #expire} is given.
	 * Renewal never goes past {@code redis-lock.max-hold} (1 h); after that the lease
	 * runs out and is lost.
	 * @return whether the lease is renewed
	 */
	Renewal renew() default Renewal.AUTO;

	/**
	 * What becomes of a call that did not get the lock within the {@link #timeout}.
	 * <p>
	 * The default is {@link OnTimeout#THROW}. {@link OnTimeout#SKIP} is refused on a
	 * method that returns a primitive value, and beside a {@link #fallback}. It is about
	 * this method's own lock: a {@link LockNotAcquiredException} that the method throws
	 * itself, and an interrupt, reach the caller in any case.
	 * @return what to do
	 */
	OnTimeout onTimeout() default OnTimeout.THROW;

	/**
	 * Name of a method to call, without the lock, instead of throwing when the lock was
	 * not had within the {@link #timeout}.
	 * <p>
	 * There is none by default. The fallback is a method of the same class or a
	 * superclass, of any visibility, with the same return type and the same parameters,
	 * after which it may have a {@link LockNotAcquiredException}. What it throws reaches
	 * the caller. Refused when the bean is created: a name without such a method, a
	 * fallback that is the method itself or is annotated too (neither would be locked),
	 * and one beside {@link OnTimeout#SKIP}.
	 * @return the name of the fallback method, or an empty string for none
	 */
	String fallback() default "";

	/**
	 * Whether a lock that is taken inside a transaction that is already active is kept
	 * until that transaction has completed, be it by a commit or a rollback.
	 * <p>
	 * The default is {@code true}: nobody else gets the lock before the changes that were
	 * made under it can be seen. Until then it is current for the transaction, so that a
	 * further call does not wait for it. {@code false} releases it when the method
	 * returns. Outside of a transaction the attribute has no effect, nor has it for
	 * methods with an asynchronous result.
	 * @return whether the lock is kept for the transaction
	 */
	boolean afterTransaction() default true;

	/**
	 * What becomes of the method when its lock is lost while it runs.
	 * <p>
	 * The default is {@link OnLoss#REPORT}: it goes on, and the caller receives a
	 * {@link io.github.redislocked.LockLostException} when it has ended.
	 * {@link OnLoss#INTERRUPT} also interrupts the thread that runs it, or cancels the
	 * future it has returned, as soon as the loss is known; an interrupt that the method
	 * has not noticed before it ended is taken back. For a lease that is not renewed a
	 * loss is known when its time has run out.
	 * @return what to do
	 */
	OnLoss onLoss() default OnLoss.REPORT;

	/**
	 * Name of this lock in metrics and logs. It should have few different values over the
	 * whole application, which is why it is no expression.
	 * <p>
	 * The default is the simple name of the class and the name of the method:
	 * {@code OrderService.reserve}.
	 * @return the name, or an empty string for the default
	 */
	String name() default "";

}
