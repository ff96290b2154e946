/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.redislocked.store.redis.ScriptCase.Step;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scripts one by one on the {@linkplain TestRedis server of the run}: for each row of
 * {@code queue.table} and {@code getset.table}, what they answer, and what Redis holds
 * and for how long before and after.
 */
class ScriptTableIntegrationTests {

	// Of a user who may also write what somebody else has left there.
	private static final StringRedisTemplate REDIS = TestRedis.shared().template();

	private static final RedisConnectionFactory CONNECTIONS = REDIS.getRequiredConnectionFactory();

	private static final Map<ScriptProtocol, Map<String, RedisScript<String>>> SCRIPTS = new EnumMap<>(
			ScriptProtocol.class);

	@ParameterizedTest
	@MethodSource
	void whenScriptsRunThenTheyAnswerAndLeaveWhatTheTableSays(ScriptCase row) {
		try (ScriptTrial trial = new ScriptTrial(REDIS, row.protocol(), scripts(row.protocol()))) {
			trial.run(row);
		}
	}

	static Stream<ScriptCase> whenScriptsRunThenTheyAnswerAndLeaveWhatTheTableSays() {
		return Stream.of(ScriptProtocol.values()).map(ScriptCase::of).flatMap(List::stream);
	}

	@Test
	void whenAQueueScriptCanAnswerSomethingThenARowExpectsIt() {
		assertThat(answers(ScriptProtocol.QUEUE)).contains("acquire GRANTED", "acquire HELD", "acquire CLOSED",
				"acquire FOREIGN", "acquire fails", "cancel RELEASED", "cancel ALREADY_CLOSED", "cancel NOT_OWNED",
				"cancel fails", "release RELEASED", "release ALREADY_CLOSED", "release NOT_OWNED", "release fails",
				"renew RENEWED", "renew NOT_OWNED", "renew fails", "yield RELEASED GRANTED", "yield RELEASED HELD",
				"yield RELEASED CLOSED", "yield ALREADY_CLOSED GRANTED", "yield NOT_OWNED HELD",
				"yield NOT_OWNED FOREIGN", "yield fails");
	}

	@Test
	void whenAGetSetScriptCanAnswerSomethingThenARowExpectsIt() {
		assertThat(answers(ScriptProtocol.GETSET)).contains("acquire GRANTED", "acquire HELD", "acquire CLOSED",
				"acquire FOREIGN lock", "acquire FOREIGN companion", "release RELEASED", "release ALREADY_CLOSED",
				"release NOT_OWNED", "release FOREIGN companion", "renew RENEWED", "renew NOT_OWNED",
				"renew FOREIGN companion");
	}

	private static Set<String> answers(ScriptProtocol protocol) {
		Set<String> answers = new TreeSet<>();
		for (ScriptCase row : ScriptCase.of(protocol)) {
			String script = "";
			for (Step step : row.steps()) {
				switch (step.verb()) {
					case "call" -> script = step.rest().replaceFirst(" .*", "");
					case "fails" -> answers.add(script + " fails");
					case "answer", "again" -> answers.add(script + " " + step.rest().replaceFirst(" [<0-9].*", ""));
					default -> {
						// Not an answer.
					}
				}
			}
		}
		return answers;
	}

	private static Map<String, RedisScript<String>> scripts(ScriptProtocol protocol) {
		return SCRIPTS.computeIfAbsent(protocol, (wanted) -> wanted.scripts(CONNECTIONS));
	}

}
