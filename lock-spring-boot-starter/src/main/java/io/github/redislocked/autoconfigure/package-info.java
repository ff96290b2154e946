/**
 * Sets up the lock in a Spring Boot application.
 */
@NullMarked
package io.github.redislocked.autoconfigure;

import org.jspecify.annotations.NullMarked;
