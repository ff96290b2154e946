/**
 * From figures to a page that people read.
 */
@NullMarked
package io.github.redislocked.benchmarks.report;

import org.jspecify.annotations.NullMarked;
