/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * What one class, or all of a package, has logged while a test listens.
 */
public final class RecordedLog implements AutoCloseable {

	private final Logger logger;

	private final Level before;

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();

	/**
	 * Listens from now on, to warnings and errors.
	 * @param logger name of the logger
	 */
	public RecordedLog(String logger) {
		this(logger, Level.WARN);
	}

	private RecordedLog(String logger, Level level) {
		this.logger = (Logger) LoggerFactory.getLogger(logger);
		this.before = this.logger.getLevel();
		this.logger.setLevel(level);
		this.events.start();
		this.logger.addAppender(this.events);
	}

	/**
	 * Listens from now on, to all levels; nothing of it is shown.
	 * @param logger name of the logger
	 * @return what it logs
	 */
	public static RecordedLog ofAllLevels(String logger) {
		RecordedLog log = new RecordedLog(logger, Level.TRACE);
		log.logger.setAdditive(false);
		return log;
	}

	/**
	 * Returns what was logged.
	 * @param lowest the lowest level that is wanted
	 * @return for each event, its message and those of its exception and the causes
	 */
	public List<String> everything(Level lowest) {
		synchronized (this.events) {
			return List.copyOf(this.events.list)
				.stream()
				.filter((event) -> event.getLevel().isGreaterOrEqual(lowest))
				.map(RecordedLog::text)
				.toList();
		}
	}

	private static String text(ILoggingEvent event) {
		StringBuilder text = new StringBuilder(event.getFormattedMessage());
		for (IThrowableProxy ex = event.getThrowableProxy(); ex != null; ex = ex.getCause()) {
			text.append(" <- ").append(ex.getClassName()).append(": ").append(ex.getMessage());
		}
		return text.toString();
	}

	public List<String> errors() {
		return messages(Level.ERROR);
	}

	public List<String> warnings() {
		return messages(Level.WARN);
	}

	private List<String> messages(Level level) {
		synchronized (this.events) {
			return List.copyOf(this.events.list)
				.stream()
				.filter((event) -> event.getLevel() == level)
				.map(ILoggingEvent::getFormattedMessage)
				.toList();
		}
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.events);
		this.logger.setLevel(this.before);
		this.logger.setAdditive(true);
	}

}
