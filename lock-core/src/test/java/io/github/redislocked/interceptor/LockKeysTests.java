/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LockKeysTests {

	@Test
	void whenKeyHasNeitherHashNorQuoteThenLiteral() {
		assertThat(keys(Orders::literal)).containsExactly("nightly-report @id");
	}

	@Test
	void whenKeyIsParameterThenItsText() {
		assertThat(keys((orders) -> orders.byId(42L))).containsExactly("42");
	}

	@Test
	void whenKeyIsExpressionThenItsValue() {
		assertThat(keys((orders) -> orders.concatenated("42"))).containsExactly("order:42");
	}

	@Test
	void whenKeyIsTemplateThenTextAndValues() {
		assertThat(keys((orders) -> orders.template("42", 7))).containsExactly("order:42/7");
	}

	@Test
	void whenKeyIsQuotedTextThenTheText() {
		assertThat(keys(Orders::quoted)).containsExactly("it's");
	}

	@Test
	void whenKeyUsesPositionsThenArguments() {
		assertThat(keys((orders) -> orders.positions("a", "b"))).containsExactly("a-b");
	}

	@Test
	void whenKeyUsesRootThenTheCall() {
		assertThat(keys((orders) -> orders.root("x"))).containsExactly("root x root Orders true");
	}

	@Test
	void whenKeyUsesBeanThenTheBean() {
		assertThat(keys((orders) -> orders.bean("x"))).containsExactly("shop:x");
	}

	@Test
	void whenKeyHasPlaceholderThenResolvedFirst() {
		assertThat(keys((orders) -> orders.placeholder("x"))).containsExactly("eu-x");
	}

	@Test
	void whenArgumentsLookLikeExpressionsThenTheyAreText() {
		for (String hostile : List.of("#{T(java.lang.System).setProperty('pwned','1')}",
				"T(java.lang.Runtime).getRuntime().exec('false')", "' + #p0 + '", "${region}", "#{#id}", "@shop")) {
			assertThat(keys((orders) -> orders.concatenated(hostile))).containsExactly("order:" + hostile);
			assertThat(keys((orders) -> orders.template(hostile, hostile)))
				.containsExactly("order:" + hostile + "/" + hostile);
			assertThat(keys((orders) -> orders.byId(hostile))).containsExactly(hostile);
			assertThat(keys((orders) -> orders.byId(List.of(hostile)))).containsExactly(hostile);
		}
		assertThat(System.getProperty("pwned")).isNull();
	}

	@Test
	void whenSeveralKeysThenAllInTheirOrderWithoutDuplicates() {
		assertThat(keys((orders) -> orders.several("b", "a"))).containsExactly("b", "a", "fixed");
		assertThat(keys((orders) -> orders.several("fixed", "fixed"))).containsExactly("fixed");
	}

	@Test
	void whenValueIsCollectionOrArrayThenKeyPerElement() {
		assertThat(keys((orders) -> orders.byId(List.of("b", "a", "b")))).containsExactly("b", "a");
		assertThat(keys((orders) -> orders.byId(new String[] { "b", "a" }))).containsExactly("b", "a");
		assertThat(keys((orders) -> orders.byId(new long[] { 2, 1 }))).containsExactly("2", "1");
		assertThat(keys((orders) -> orders.byId(List.of(List.of(1), new int[] { 2 })))).containsExactly("1", "2");
		assertThat(keys((orders) -> orders.projected(List.of("a", "b")))).containsExactly("order:a", "order:b");
	}

	@Test
	void whenValueIsOptionalThenItsContent() {
		assertThat(keys((orders) -> orders.byId(Optional.of("a")))).containsExactly("a");
		assertThat(keys((orders) -> orders.byId(OptionalLong.of(5)))).containsExactly("5");
	}

	@Test
	void whenValueIsPathThenItsText() {
		assertThat(keys((orders) -> orders.byId(Path.of("a/b")))).containsExactly(Path.of("a/b").toString());
	}

	@Test
	void whenValueIsNullThenRefused() {
		refused((orders) -> orders.byId(null), "#id", "byId(Object) is null");
		refused((orders) -> orders.byId(Optional.empty()), "#id", "is null");
		refused((orders) -> orders.byId(OptionalLong.empty()), "#id", "is null");
		refused((orders) -> orders.byId(Arrays.asList("a", null)), "#id", "is null");
		refused((orders) -> orders.template(null, 1), "order:#{#id}/#{#line}", "is null");
		refused((orders) -> orders.concatenated(null), "'order:' + #id", "#id is null");
		refused((orders) -> orders.positions("a", null), "#p0 + '-' + #a1", "#a1 is null");
		refused((orders) -> orders.positions(null, "b"), "#p0 + '-' + #a1", "#p0 is null");
		refused((orders) -> orders.path(new Orders.Order(null)), "'order:' + #order.id", "#order.id is null");
	}

	@Test
	void whenValueIsEmptyThenRefused() {
		refused((orders) -> orders.byId(List.of()), "#id", "is an empty collection");
		refused((orders) -> orders.byId(new int[0]), "#id", "is an empty array");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\n" })
	void whenValueIsBlankThenRefused(String blank) {
		refused((orders) -> orders.byId(blank), "#id", "must not be null or blank");
	}

	@Test
	void whenValueIsTooLongThenRefused() {
		refused((orders) -> orders.byId("ä".repeat(257)), "#id", "at most 512 bytes");
		assertThat(keys((orders) -> orders.byId("ä".repeat(256)))).hasSize(1);
	}

	@Test
	void whenValueDoesNotSayWhichItIsThenRefused() {
		refused((orders) -> orders.byId(new Object()), "#id", "java.lang.Object, which does not say");
		refused((orders) -> orders.byId(Stream.of("a")), "#id", "which does not say");
		refused((orders) -> orders.byId(Map.of("a", "b")), "#id", "which does not say");
		refused((orders) -> orders.byId((Iterable<String>) () -> List.of("a").iterator()), "#id", "which does not say");
		refused((orders) -> orders.template(List.of("a"), 1), "order:#{#id}/#{#line}", "holds several values");
		refused((orders) -> orders.template(new int[] { 1 }, 1), "order:#{#id}/#{#line}", "holds several values");
	}

	@Test
	void whenExpressionFailsThenErrorNamesIt() {
		refused((orders) -> orders.property(null), "#order.id", "could not be evaluated");
	}

	@Test
	void whenKeysAreConstantThenTheCallIsNotLookedAt() throws Exception {
		LockedMethod literal = new LockedMethodSource(new StaticListableBeanFactory())
			.find(Orders.class.getDeclaredMethod("literal"), Orders.class);
		assertThat(literal).isNotNull();
		assertThat(literal.specs(null)).isSameAs(literal.specs(null));
	}

	private static List<String> keys(Consumer<Orders> call) {
		try (LockedBeans beans = LockedBeans.with(Map.of("region", "eu"), Orders.class, Shop.class)) {
			call.accept(beans.get(Orders.class));
			return beans.locks.keys();
		}
	}

	private static void refused(Consumer<Orders> call, String expression, String problem) {
		try (LockedBeans beans = LockedBeans.with(Map.of("region", "eu"), Orders.class, Shop.class)) {
			Orders orders = beans.get(Orders.class);
			assertThatIllegalArgumentException().isThrownBy(() -> call.accept(orders))
				.withMessageStartingWith(
						"The key \"" + expression + "\" of @RedisLocked on " + Orders.class.getName() + ".")
				.withMessageContaining(problem);
			assertThat(orders.ran()).isFalse();
			assertThat(beans.locks.events).isEmpty();
		}
	}

	@Component("shop")
	static class Shop implements UnaryOperator<String> {

		@Override
		public String apply(String id) {
			return "shop:" + id;
		}

	}

}
