/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Makes what keys are evaluated in. What the contexts have in common, above all the
 * accessors that remember how to reach a property, is made once.
 */
final class LockKeyContexts {

	private final StandardEvaluationContext shared = new StandardEvaluationContext();

	LockKeyContexts(BeanFactory beanFactory) {
		this.shared.setBeanResolver(new BeanFactoryResolver(beanFactory));
	}

	EvaluationContext create(MethodInvocation call, ParameterNames names) {
		ArgumentsContext context = new ArgumentsContext(call, names);
		this.shared.applyDelegatesTo(context);
		return context;
	}

	private static final class ArgumentsContext extends StandardEvaluationContext {

		private final @Nullable Object[] arguments;

		private final ParameterNames names;

		ArgumentsContext(MethodInvocation call, ParameterNames names) {
			super(LockKeyRoot.of(call));
			this.arguments = call.getArguments();
			this.names = names;
		}

		@Override
		public @Nullable Object lookupVariable(String name) {
			Integer index = this.names.indexes().get(name);
			return (index != null) ? this.arguments[index] : super.lookupVariable(name);
		}

	}

}
