/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import io.github.redislocked.LockTemplate;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The live page.
 */
@Configuration(proxyBeanMethods = false)
@Import({ LiveShopConfiguration.class, LiveController.class, PageHeaders.class })
public class LiveConfiguration {

	@Bean
	Broadcast liveBroadcast(Feed feed, Customers customers, RedisConnectionFactory connections) {
		Broadcast broadcast = new Broadcast(feed, connections);
		broadcast.add(customers::read);
		return broadcast;
	}

	@Bean
	Visitors liveVisitors(Feed feed, Broadcast broadcast, Instance instance) {
		return new Visitors(feed, broadcast, instance);
	}

	@Bean
	HolderProcesses liveHolderProcesses(Environment environment, DataRedisConnectionDetails connection,
			JsonMapper json) {
		return new HolderProcesses(environment, connection, json);
	}

	@Bean
	BuyersAct liveBuyers(Stock stock) {
		return new BuyersAct(stock);
	}

	@Bean
	FreezeAct liveFreeze(HolderProcesses processes) {
		return new FreezeAct(processes);
	}

	@Bean
	KillAct liveKill(HolderProcesses processes) {
		return new KillAct(processes);
	}

	@Bean
	ContestAct liveContest(LockTemplate locks, Entrance entrance) {
		return new ContestAct(locks, entrance);
	}

	@Bean
	Stage liveStage(LockTemplate locks, Feed feed, Broadcast broadcast, Customers customers, Instance instance,
			ObjectProvider<Act> acts) {
		return new Stage(locks, feed, broadcast, (show) -> new Performance(show, instance, feed, customers),
				acts.stream().toList());
	}

}
