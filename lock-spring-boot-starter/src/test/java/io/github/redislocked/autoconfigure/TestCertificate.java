/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate of this machine that signs itself, and its key, made anew for each test.
 *
 * @param certificate the file with the certificate
 * @param key the file with the private key
 */
record TestCertificate(Path certificate, Path key) {

	private static final String PASSWORD = "changeit";

	static TestCertificate create(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
		Path store = directory.resolve("test.p12");
		Path log = directory.resolve("keytool.log");
		Process keytool = new ProcessBuilder(List.of(
				Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "test",
				"-keyalg", "EC", "-validity", "2", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1",
				"-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		assertThat(keytool.waitFor()).as(() -> "keytool, which has written " + log).isZero();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		return new TestCertificate(
				write(directory.resolve("test.crt"), "CERTIFICATE", keys.getCertificate("test").getEncoded()),
				write(directory.resolve("test.key"), "PRIVATE KEY",
						keys.getKey("test", PASSWORD.toCharArray()).getEncoded()));
	}

	private static Path write(Path file, String type, byte[] content) throws IOException {
		String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
		return Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64));
	}

}
