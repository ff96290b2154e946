/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.core.types.RedisClientInfo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The subscription to wake-ups, which ends without warning.
 */
abstract class AbstractQueueWakeUpTests extends AbstractQueueTests {

	AbstractQueueWakeUpTests(Driver driver) {
		super(driver);
	}

	@Test
	void whenTheSubscriptionBreaksThenItComesBackAndWaitersAreToAskAgain() {
		QueueProcess holder = deaf("holder");
		OwnerToken held = holder.next();
		holder.granted(held);
		QueueProcess next = listening("next");
		Awaitility.await().until(() -> next.toAskAgain() >= 1);
		int before = next.toAskAgain();
		OwnerToken token = next.next();
		next.queue(token);
		this.redis.execute((RedisConnection connection) -> {
			killSubscribers(connection.serverCommands());
			return null;
		});
		Awaitility.await().until(() -> next.toAskAgain() > before);
		holder.release(held);
		assertThat(next.wakeUp().token()).isEqualTo(token);
	}

	private static void killSubscribers(RedisServerCommands server) {
		for (RedisClientInfo client : server.getClientList()) {
			if (!"0".equals(client.get("sub"))) {
				String[] address = client.getAddressPort().split(":");
				server.killClient(address[0], Integer.parseInt(address[1]));
			}
		}
	}

}
