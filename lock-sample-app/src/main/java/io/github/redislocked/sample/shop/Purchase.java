/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.util.UUID;

/**
 * One item bought.
 *
 * @param id number of the purchase
 * @param sku number of the product
 * @param payment number of the payment
 * @param left how many items this sale left in stock
 */
public record Purchase(UUID id, String sku, String payment, int left) {

}
