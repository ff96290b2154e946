/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The properties that {@code docs/topologies.md} recommends, so that they are those which
 * the tests run on.
 */
final class DocumentedProperties {

	private DocumentedProperties() {
	}

	/**
	 * Reads the block of YAML that sets a property.
	 * @param property a property which only that block has
	 * @param value what to set it to instead
	 * @return all properties of the block
	 */
	static List<String> with(String property, String value) throws IOException {
		List<Properties> found = new ArrayList<>();
		String page = Files.readString(page());
		for (int start = page.indexOf("```yaml\n"); start >= 0; start = page.indexOf("```yaml\n", start + 1)) {
			String block = page.substring(page.indexOf('\n', start), page.indexOf("\n```", start));
			YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
			yaml.setResources(new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)));
			Properties properties = yaml.getObject();
			if (properties != null && properties.containsKey(property)) {
				found.add(properties);
			}
		}
		assertThat(found).as("blocks that set %s", property).hasSize(1);
		Properties properties = found.get(0);
		properties.setProperty(property, value);
		return properties.stringPropertyNames()
			.stream()
			.map((name) -> name + "=" + properties.getProperty(name))
			.toList();
	}

	private static Path page() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(directory.resolve("docs"))) {
			directory = directory.getParent();
		}
		return directory.resolve("docs/topologies.md");
	}

}
