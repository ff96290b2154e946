/**
 * Tests of the live page, without a browser.
 */
@NullMarked
package io.github.redislocked.sample.live;

import org.jspecify.annotations.NullMarked;
