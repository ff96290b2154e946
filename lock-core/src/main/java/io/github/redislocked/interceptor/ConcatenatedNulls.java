/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.ArrayList;
import java.util.List;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.OpPlus;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * The operands of a concatenation such as {@code 'order:' + #id} that may be null. SpEL
 * would write "null" for them, so that all callers without an id would share one lock.
 * Operands that call methods are left alone: they are evaluated once only.
 */
final class ConcatenatedNulls {

	private final List<Expression> operands;

	private ConcatenatedNulls(List<Expression> operands) {
		this.operands = operands;
	}

	static ConcatenatedNulls of(Expression expression) {
		List<Expression> operands = new ArrayList<>();
		if (expression instanceof SpelExpression spel && spel.getAST() instanceof OpPlus plus) {
			collect(plus, operands);
		}
		return new ConcatenatedNulls(List.copyOf(operands));
	}

	/**
	 * Refuses a null operand.
	 * @param context the arguments of the call
	 * @throws IllegalArgumentException if an operand is null
	 */
	void refuse(EvaluationContext context) {
		for (Expression operand : this.operands) {
			if (operand.getValue(context) == null) {
				throw new IllegalArgumentException(operand.getExpressionString() + " is null");
			}
		}
	}

	private static void collect(OpPlus plus, List<Expression> operands) {
		for (int i = 0; i < plus.getChildCount(); i++) {
			SpelNode operand = plus.getChild(i);
			if (operand instanceof OpPlus nested) {
				collect(nested, operands);
			}
			else if (isRead(operand)) {
				operands.add(new SpelExpressionParser().parseExpression(operand.toStringAST()));
			}
		}
	}

	private static boolean isRead(SpelNode node) {
		if (node instanceof CompoundExpression) {
			for (int i = 0; i < node.getChildCount(); i++) {
				if (!isRead(node.getChild(i))) {
					return false;
				}
			}
			return true;
		}
		return node instanceof VariableReference || node instanceof PropertyOrFieldReference;
	}

}
