/**
 * A Redis for those who have none running.
 */
@NullMarked
package io.github.redislocked.sample.redis;

import org.jspecify.annotations.NullMarked;
