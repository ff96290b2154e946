/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Tells customers why they got nothing.
 */
@RestControllerAdvice
class ShopErrors {

	private static final Logger logger = LoggerFactory.getLogger(ShopErrors.class);

	@ExceptionHandler
	ErrorResponse handle(UnknownProductException ex) {
		return ErrorResponse.create(ex, HttpStatus.NOT_FOUND, String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ErrorResponse handle(SoldOutException ex) {
		return ErrorResponse.create(ex, HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
	}

	/**
	 * Too many wanted the same product. The exception's own message names the holder,
	 * which is nothing for customers.
	 */
	@ExceptionHandler
	ErrorResponse handle(LockNotAcquiredException ex) {
		return tryAgain(ex, "Product '%s' is in such demand that it was not your turn within %d ms; try again"
			.formatted(ex.key(), ex.waited().toMillis()));
	}

	/**
	 * Without Redis nothing is sold.
	 */
	@ExceptionHandler
	ErrorResponse handle(LockStoreException ex) {
		logger.error("Nothing can be sold: {}", ex.getMessage());
		return tryAgain(ex, "Nothing can be sold at the moment; try again");
	}

	/**
	 * The sale outlasted its lock, and somebody else has sold meanwhile.
	 */
	@ExceptionHandler
	ErrorResponse handle(StaleWriteException ex) {
		logger.warn("Refused by the database: {}", ex.getMessage());
		return tryAgain(ex, String.valueOf(ex.getMessage()) + "; try again");
	}

	/**
	 * The sale outlasted its lock, and nobody else has sold before it ended. Whether it
	 * was committed is not known here, so nobody is asked to try again.
	 */
	@ExceptionHandler
	ErrorResponse handle(LockLostException ex) {
		logger.error("A sale outlasted its lock", ex);
		return ErrorResponse.create(ex, HttpStatus.INTERNAL_SERVER_ERROR,
				"It took too long to sell product '%s': look whether it was sold".formatted(ex.key()));
	}

	private static ErrorResponse tryAgain(Exception ex, String detail) {
		return ErrorResponse.builder(ex, HttpStatus.SERVICE_UNAVAILABLE, detail)
			.header(HttpHeaders.RETRY_AFTER, "1")
			.build();
	}

}
