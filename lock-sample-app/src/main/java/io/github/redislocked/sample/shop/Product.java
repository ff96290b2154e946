/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

/**
 * What the shop knows of a product. As long as all is well, what was delivered is what
 * was sold and what is in stock.
 *
 * @param sku its number
 * @param name its name
 * @param delivered how many ever came in
 * @param sold how many purchases there are
 * @param stock how many are left, as counted down by each sale
 * @param fence greatest fencing token under which it was written
 */
public record Product(String sku, String name, int delivered, int sold, int stock, long fence) {

}
