/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.redislocked.LockTemplate;

import org.springframework.context.annotation.Import;

/**
 * Switches on {@link io.github.redislocked.annotation.RedisLocked @RedisLocked} and
 * provides a {@link LockTemplate}, in an application without Spring Boot. With Spring
 * Boot the starter does it.
 *
 * <pre class="code">
 * &#064;Configuration
 * &#064;EnableRedisLocks
 * class AppConfig {
 *
 *     &#064;Bean
 *     LettuceConnectionFactory redisConnectionFactory() {
 *         return new LettuceConnectionFactory("redis.example.org", 6379);
 *     }
 * }</pre>
 *
 * A bean of type {@link RedisLockSettings} changes the defaults; a bean of type
 * {@link LockTemplate} takes the place of ours.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import({ RedisLocksSelector.class, LockProxyRegistrar.class })
public @interface EnableRedisLocks {

	/**
	 * Whether beans are proxied by a subclass even if they implement an interface. Like
	 * the attribute of the same name in Spring's own annotations, it concerns all beans
	 * that the application's auto-proxy creator makes proxies for.
	 * <p>
	 * The default is {@code false}: such a bean is proxied by its interfaces.
	 * @return whether to proxy classes
	 */
	boolean proxyTargetClass() default false;

}
