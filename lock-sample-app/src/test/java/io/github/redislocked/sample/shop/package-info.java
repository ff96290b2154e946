/**
 * The shop.
 */
@NullMarked
package io.github.redislocked.sample.shop;

import org.jspecify.annotations.NullMarked;
