/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

/**
 * Locks and transactions: leases that are kept until a transaction has completed, and
 * transactions that do not commit once a lock is lost. The only package that sees
 * Spring's transactions, which need not be there.
 */
@NullMarked
package io.github.redislocked.transaction;

import org.jspecify.annotations.NullMarked;
