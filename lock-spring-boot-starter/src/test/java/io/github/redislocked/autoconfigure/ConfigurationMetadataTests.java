/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What development environments show about the properties.
 */
class ConfigurationMetadataTests {

	private final Map<String, Map<String, Object>> metadata = metadata();

	@Test
	void whenComponentIsBoundThenItIsDescribed() {
		assertThat(this.metadata.keySet()).containsExactlyInAnyOrderElementsOf(bound().keySet());
	}

	@Test
	void whenPropertyIsDescribedThenInTheStyleOfSpringBoot() {
		assertThat(this.metadata)
			.allSatisfy((name, property) -> assertThat((String) property.get("description")).as(name)
				.matches("[A-Z].{20,}\\.")
				.doesNotStartWith("The ")
				.doesNotStartWith("A ")
				.doesNotContain("{@", "default"));
		assertThat((String) get("redis-lock.enabled", "description")).startsWith("Whether ");
	}

	@Test
	void whenComponentHasDefaultThenMetadataHasIt() {
		bound().forEach((name, parameter) -> {
			DefaultValue declared = parameter.getAnnotation(DefaultValue.class);
			Object published = get(name, "defaultValue");
			// Some parsers read every number as a floating-point one.
			String text = String.valueOf((published instanceof Number number) ? number.longValue() : published);
			assertThat(text).as(name).isEqualTo((declared != null) ? declared.value()[0] : "null");
		});
		assertThat(this.metadata.values()).filteredOn((property) -> !property.containsKey("defaultValue"))
			.extracting("name")
			.containsExactly("redis-lock.instance-id");
	}

	@Test
	void whenComponentIsDurationThenMetadataSaysSo() {
		List<String> durations = bound().entrySet()
			.stream()
			.filter((property) -> property.getValue().getType() == Duration.class)
			.map(Map.Entry::getKey)
			.toList();
		assertThat(durations).hasSize(7)
			.allSatisfy((name) -> assertThat(get(name, "type")).isEqualTo("java.time.Duration"));
	}

	private Object get(String name, String key) {
		return this.metadata.get(name).get(key);
	}

	private static Map<String, Parameter> bound() {
		Map<String, Parameter> properties = new TreeMap<>();
		bind("redis-lock.", RedisLockProperties.class, properties);
		return properties;
	}

	private static void bind(String prefix, Class<?> type, Map<String, Parameter> properties) {
		for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
			Name given = parameter.getAnnotation(Name.class);
			String name = prefix + ((given != null) ? given.value() : parameter.getName()).replaceAll("([A-Z])", "-$1")
				.toLowerCase(Locale.ROOT);
			if (parameter.getType().isRecord()) {
				bind(name + ".", parameter.getType(), properties);
			}
			else {
				properties.put(name, parameter);
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> metadata() {
		Map<String, Map<String, Object>> properties = new TreeMap<>();
		try {
			// Every module of Spring Boot has one.
			for (URL url : Collections.list(RedisLockProperties.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = url.openStream()) {
					Map<String, Object> root = JsonParserFactory.getJsonParser()
						.parseMap(new String(json.readAllBytes(), StandardCharsets.UTF_8));
					for (Object property : (List<Object>) root.get("properties")) {
						Map<String, Object> map = (Map<String, Object>) property;
						if (map.get("name").toString().startsWith("redis-lock.")) {
							properties.put(map.get("name").toString(), map);
						}
					}
				}
			}
			return properties;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
