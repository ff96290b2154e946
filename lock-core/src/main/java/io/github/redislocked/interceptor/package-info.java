/**
 * The way from {@link io.github.redislocked.annotation.RedisLocked @RedisLocked} to a
 * locked call: the annotation is read once per method, its keys are evaluated per call,
 * and each kind of return value has its own way to run under the locks.
 */
@NullMarked
package io.github.redislocked.interceptor;

import org.jspecify.annotations.NullMarked;
