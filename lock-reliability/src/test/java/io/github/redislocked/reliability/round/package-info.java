/**
 * Short and long runs of all faults, the canaries, and the report.
 */
@NullMarked
package io.github.redislocked.reliability.round;

import org.jspecify.annotations.NullMarked;
