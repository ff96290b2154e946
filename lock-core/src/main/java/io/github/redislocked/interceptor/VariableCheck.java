/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.Set;

import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/**
 * Refuses expressions with a {@code #name} that is no parameter. SpEL would take it for
 * null.
 */
final class VariableCheck {

	private static final Set<String> BUILT_IN = Set.of("root", "this");

	private VariableCheck() {
	}

	static void check(Expression expression, String text, ParameterNames names, LockedPlace place) {
		if (expression instanceof SpelExpression spel) {
			check(spel.getAST(), text, names, place);
		}
	}

	private static void check(SpelNode node, String text, ParameterNames names, LockedPlace place) {
		if (node instanceof VariableReference || node instanceof FunctionReference) {
			String name = nameOf(node);
			if (!BUILT_IN.contains(name) && !names.indexes().containsKey(name)) {
				throw place.refuse("key", text, "#%s is no parameter of the method".formatted(name), action(names));
			}
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			check(node.getChild(i), text, names, place);
		}
	}

	private static String nameOf(SpelNode node) {
		String written = node.toStringAST().substring(1);
		int parenthesis = written.indexOf('(');
		return (parenthesis < 0) ? written : written.substring(0, parenthesis);
	}

	private static String action(ParameterNames names) {
		if (names.indexes().isEmpty()) {
			return "The method has no parameters.";
		}
		return names.declared().isEmpty()
				? "The names of its parameters are not known: compile with -parameters, or write #p0 for the first."
				: "Its parameters are %s (if one is missing here, compile with -parameters, or write #p0 for the first)."
					.formatted(names.declared());
	}

}
