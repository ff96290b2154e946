/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.List;

import io.github.redislocked.inspection.MethodSnapshot.KeyKind;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionParser;
import org.springframework.expression.ParseException;
import org.springframework.expression.ParserContext;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.spel.ast.StringLiteral;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * One key of the annotation, parsed.
 */
sealed interface LockKey {

	/**
	 * Returns the key as the annotation has it, placeholders resolved.
	 * @return the text
	 */
	String text();

	/**
	 * Returns how the key was understood.
	 * @return its kind
	 */
	KeyKind kind();

	/**
	 * Parses a key.
	 * @param text the key as the annotation has it, placeholders resolved
	 * @param names the names it may use
	 * @param place where it stands
	 * @return the key
	 */
	static LockKey parse(String text, ParameterNames names, LockedPlace place) {
		if (text.indexOf('#') < 0 && text.indexOf('\'') < 0) {
			return new Constant(text, text);
		}
		ExpressionParser parser = new SpelExpressionParser();
		Expression expression;
		try {
			expression = text.contains("#{") ? parser.parseExpression(text, ParserContext.TEMPLATE_EXPRESSION)
					: parser.parseExpression(text);
		}
		catch (ParseException | IllegalStateException ex) {
			throw place.refuse("key", text, "the expression has a syntax error: " + ex.getMessage(),
					"A key with # or ' in it is a SpEL expression, as in 'order:' + #id; text alone needs no quotes.",
					ex);
		}
		List<Expression> parts = (expression instanceof CompositeStringExpression composite)
				? List.of(composite.getExpressions()) : List.of(expression);
		parts.forEach((part) -> VariableCheck.check(part, text, names, place));
		if (expression instanceof SpelExpression spel && spel.getAST() instanceof StringLiteral literal) {
			return new Constant(text, String.valueOf(literal.getLiteralValue().getValue()));
		}
		return (parts.size() == 1) ? new Computed(text, expression, ConcatenatedNulls.of(expression))
				: new Template(text, parts);
	}

	/**
	 * A key that is the same in every call.
	 *
	 * @param text the key as the annotation has it
	 * @param value the key
	 */
	record Constant(String text, String value) implements LockKey {

		@Override
		public KeyKind kind() {
			return KeyKind.LITERAL;
		}

	}

	/**
	 * A key that an expression gives.
	 *
	 * @param text the key as the annotation has it
	 * @param expression the expression
	 * @param nulls what must not be null in it
	 */
	record Computed(String text, Expression expression, ConcatenatedNulls nulls) implements LockKey {

		@Override
		public KeyKind kind() {
			return KeyKind.EXPRESSION;
		}

		@Nullable Object evaluate(EvaluationContext context) {
			this.nulls.refuse(context);
			return this.expression.getValue(context);
		}

	}

	/**
	 * Text with expressions in it.
	 *
	 * @param text the key as the annotation has it
	 * @param parts text and expressions in turn
	 */
	record Template(String text, List<Expression> parts) implements LockKey {

		@Override
		public KeyKind kind() {
			return KeyKind.TEMPLATE;
		}

		String evaluate(EvaluationContext context) {
			StringBuilder result = new StringBuilder();
			for (Expression part : this.parts) {
				result.append((part instanceof LiteralExpression) ? part.getExpressionString()
						: KeyText.single(part.getValue(context), part.getExpressionString()));
			}
			return result.toString();
		}

	}

}
