/**
 * Everything that is done to servers, networks and clients.
 */
@NullMarked
package io.github.redislocked.reliability.fault;

import org.jspecify.annotations.NullMarked;
