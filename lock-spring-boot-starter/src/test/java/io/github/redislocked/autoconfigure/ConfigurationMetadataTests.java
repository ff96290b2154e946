/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What development environments show about the properties.
 */
class ConfigurationMetadataTests {

	private final Map<String, Map<String, Object>> metadata = metadata();

	@Test
	void whenComponentIsBoundThenItIsDescribed() {
		assertThat(this.metadata.keySet())
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(RedisLockProperties.class.getRecordComponents())
				.map(ConfigurationMetadataTests::property)
				.toList());
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
		RecordComponent[] components = RedisLockProperties.class.getRecordComponents();
		Parameter[] parameters = RedisLockProperties.class.getDeclaredConstructors()[0].getParameters();
		for (int i = 0; i < components.length; i++) {
			DefaultValue declared = parameters[i].getAnnotation(DefaultValue.class);
			Object published = get(property(components[i]), "defaultValue");
			// Some parsers read every number as a floating-point one.
			String text = String.valueOf((published instanceof Number number) ? number.longValue() : published);
			assertThat(text).as(property(components[i])).isEqualTo((declared != null) ? declared.value()[0] : "null");
		}
		assertThat(this.metadata.values()).filteredOn((property) -> !property.containsKey("defaultValue"))
			.extracting("name")
			.containsExactly("redis-lock.instance-id");
	}

	@Test
	void whenComponentIsDurationThenMetadataSaysSo() {
		List<String> durations = Arrays.stream(RedisLockProperties.class.getRecordComponents())
			.filter((component) -> component.getType() == Duration.class)
			.map(ConfigurationMetadataTests::property)
			.toList();
		assertThat(durations).hasSize(5)
			.allSatisfy((name) -> assertThat(get(name, "type")).isEqualTo("java.time.Duration"));
	}

	private Object get(String name, String key) {
		return this.metadata.get(name).get(key);
	}

	private static String property(RecordComponent component) {
		return "redis-lock." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
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
