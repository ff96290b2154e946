/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Figures as a picture: several series over the same places.
 */
public final class Chart {

	// Nobody sees a hundredth of a pixel, but it makes the file twice as large.
	private static final Pattern FURTHER_DIGITS = Pattern.compile("(\\.\\d)\\d+");

	private static final int WIDTH = 960;

	private static final int HEIGHT = 440;

	private static final int LABEL_DEGREES = 12;

	// Told apart by people who see colours differently; the first is ours.
	private static final Color[] COLOURS = { new Color(0x00, 0x72, 0xB2), new Color(0x56, 0xB4, 0xE9),
			new Color(0xD5, 0x5E, 0x00), new Color(0xE6, 0x9F, 0x00), new Color(0x00, 0x9E, 0x73),
			new Color(0xCC, 0x79, 0xA7), new Color(0x8C, 0x8C, 0x8C), new Color(0x33, 0x33, 0x33) };

	private final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();

	private final String title;

	private final String unit;

	private boolean logarithmic;

	/**
	 * Begins a chart.
	 * @param title what it shows
	 * @param unit unit of its figures
	 */
	public Chart(String title, String unit) {
		this.title = title;
		this.unit = unit;
	}

	/**
	 * Returns what the chart shows.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Adds a figure.
	 * @param series the series, usually a candidate
	 * @param place the place, usually a workload: a number where lines are drawn
	 * @param figure the figure; what a logarithmic axis has no room for is left out
	 */
	public void add(String series, String place, double figure) {
		if (figure > 0 && !Double.isInfinite(figure)) {
			this.bars.computeIfAbsent(series, (none) -> new LinkedHashMap<>()).put(place, figure);
		}
	}

	/**
	 * Makes the axis of the figures logarithmic; that of the places under lines always
	 * is.
	 * @return this chart
	 */
	public Chart logarithmic() {
		this.logarithmic = true;
		return this;
	}

	/**
	 * Draws bars.
	 * @param file where to
	 */
	public void drawBars(Path file) {
		CategoryChart chart = new CategoryChartBuilder().width(WIDTH)
			.height(HEIGHT)
			.title(this.title)
			.yAxisTitle(this.unit)
			.build();
		style(chart.getStyler());
		chart.getStyler().setXAxisLabelRotation(LABEL_DEGREES);
		List<String> places = this.bars.values().stream().flatMap((bar) -> bar.keySet().stream()).distinct().toList();
		this.bars
			.forEach((series, figures) -> chart.addSeries(series, places, places.stream().map(figures::get).toList()));
		save(chart, file);
	}

	/**
	 * Draws lines over numbers.
	 * @param xTitle what the numbers are
	 * @param file where to
	 */
	public void drawLines(String xTitle, Path file) {
		XYChart chart = new XYChartBuilder().width(WIDTH)
			.height(HEIGHT)
			.title(this.title)
			.xAxisTitle(xTitle)
			.yAxisTitle(this.unit)
			.build();
		style(chart.getStyler());
		chart.getStyler().setXAxisLogarithmic(true);
		this.bars.forEach((series, figures) -> chart.addSeries(series,
				figures.keySet().stream().mapToDouble(Double::parseDouble).toArray(),
				figures.values().stream().mapToDouble(Double::doubleValue).toArray()));
		save(chart, file);
	}

	private void style(AxesChartStyler styler) {
		styler.setLegendPosition(LegendPosition.OutsideE);
		styler.setChartBackgroundColor(Color.WHITE);
		styler.setPlotBorderVisible(false);
		// Solid, since a vector file draws each dash on its own.
		styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
		styler.setPlotGridVerticalLinesVisible(false);
		styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
		styler.setSeriesColors(COLOURS);
		styler.setYAxisDecimalPattern("#,##0.###");
		styler.setYAxisLogarithmic(this.logarithmic);
		if (this.logarithmic) {
			// Bars would otherwise begin at zero, which such an axis has not got.
			styler.setYAxisMin(smallest() / 2);
		}
	}

	private double smallest() {
		return this.bars.values()
			.stream()
			.flatMap((figures) -> figures.values().stream())
			.mapToDouble(Double::doubleValue)
			.min()
			.orElse(1);
	}

	private static void save(org.knowm.xchart.internal.chartpart.Chart<?, ?> chart, Path file) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
			Files.writeString(file, FURTHER_DIGITS.matcher(Files.readString(file)).replaceAll("$1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
