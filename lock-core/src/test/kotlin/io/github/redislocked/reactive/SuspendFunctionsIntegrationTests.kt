/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive

import io.github.redislocked.LockNotAcquiredException
import io.github.redislocked.annotation.OnTimeout
import io.github.redislocked.annotation.RedisLocked
import io.github.redislocked.testing.Driver
import io.github.redislocked.testing.LockedApplication
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.awaitility.Awaitility
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

/**
 * Kotlin's suspend functions and flows under their locks.
 */
class SuspendFunctionsIntegrationTests {

	private val application = LockedApplication(Driver.LETTUCE, Suspended::class.java)

	private val work = application.get(Suspended::class.java)

	private val key = application.key()

	@AfterEach
	fun close() {
		application.awaitNothingLeft()
		application.close()
	}

	@Test
	fun whenSuspendedThenHeldUntilTheEnd() {
		runBlocking {
			val gate = CompletableDeferred<String>()
			val result = async { work.run(key) { gate.await() } }
			result.start()
			kotlinx.coroutines.withContext(kotlinx.coroutines.Dispatchers.IO) {
				Awaitility.await().until(application::isLocked)
			}
			gate.complete("done")
			assertThat(result.await()).isEqualTo("done")
			assertThat(application.isLocked()).isFalse()
		}
	}

	@Test
	fun whenInsideThenTheLeaseIsCurrentAndSharedWithoutACommand() {
		val scripts = application.scripts {
			runBlocking {
				val inner = work.run(key) {
					val outer = ReactiveLeases.current().awaitSingle().fencingToken()
					work.run(key) { (ReactiveLeases.current().awaitSingle().fencingToken() - outer).toString() }
				}
				assertThat(inner).isEqualTo("0")
			}
		}
		assertThat(scripts).isEqualTo(2)
	}

	@Test
	fun whenItThrowsThenReleased() {
		assertThatExceptionOfType(IllegalStateException::class.java).isThrownBy {
			runBlocking { work.run(key) { throw IllegalStateException("own") } }
		}
		assertThat(application.isLocked()).isFalse()
	}

	@Test
	fun whenNotAcquiredThenItThrowsOrReturnsNull() {
		val other = application.take()
		assertThatExceptionOfType(LockNotAcquiredException::class.java).isThrownBy {
			runBlocking { work.impatient(key) }
		}
		assertThat(runBlocking { work.skipped(key) }).isNull()
		other.close()
	}

	@Test
	fun whenCancelledThenReleased() {
		runBlocking {
			val result = async { work.run(key) { CompletableDeferred<String>().await() } }
			result.start()
			kotlinx.coroutines.withContext(kotlinx.coroutines.Dispatchers.IO) {
				Awaitility.await().until(application::isLocked)
			}
			result.cancel()
		}
	}

	@Test
	fun whenFlowThenHeldWhileItIsCollected() {
		val seen = runBlocking { work.flow(key) { application.isLocked() }.toList() }
		assertThat(seen).containsExactly(true, true)
		assertThat(runBlocking { work.suspendedFlow(key) { application.isLocked() }.toList() }).containsExactly(true, true)
		assertThat(application.isLocked()).isFalse()
	}

	open class Suspended {

		@RedisLocked(key = ["#key"], timeout = "20s")
		open suspend fun run(key: String, body: suspend () -> String): String = body()

		@RedisLocked(key = ["#key"], timeout = "0")
		open suspend fun impatient(key: String): String = "ran"

		@RedisLocked(key = ["#key"], timeout = "0", onTimeout = OnTimeout.SKIP)
		open suspend fun skipped(key: String): String? = "ran"

		@RedisLocked(key = ["#key"], timeout = "20s")
		open fun flow(key: String, body: () -> Boolean): Flow<Boolean> = flow {
			emit(body())
			emit(body())
		}

		@RedisLocked(key = ["#key"], timeout = "20s")
		open suspend fun suspendedFlow(key: String, body: () -> Boolean): Flow<Boolean> = flow {
			emit(body())
			emit(body())
		}

	}

}
