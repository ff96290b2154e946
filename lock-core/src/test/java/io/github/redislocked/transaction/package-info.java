/**
 * Tests of locks and transactions.
 */
@NullMarked
package io.github.redislocked.transaction;

import org.jspecify.annotations.NullMarked;
