/**
 * Tests of the auto-configuration. They run on both lines of Spring Boot.
 */
@NullMarked
package io.github.redislocked.autoconfigure;

import org.jspecify.annotations.NullMarked;
