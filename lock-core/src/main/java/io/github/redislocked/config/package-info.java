/**
 * Puts the parts together for a Spring application that is not built on Spring Boot.
 */
@NullMarked
package io.github.redislocked.config;

import org.jspecify.annotations.NullMarked;
