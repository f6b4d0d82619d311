// How a histogram and an average around events are drawn, of one session or two; used in the page.
import type uPlot from 'uplot';
import uPlotMaker from 'uplot';
import { linearTicks } from '../../../common/figures/axis-ticks.ts';
import { formatMicrovolts, formatNumber } from '../../../common/figures/format-quantity.ts';
import { type PlotTheme, withAlpha } from '../../../common/figures/plot-theme.ts';
import { sessionStyles } from '../../../common/figures/review/session-styles.ts';
import { barSeries, type ChartParts, drawGuide, drawLegend, lineSeries } from '../chart-style.ts';

/** @param names of the sessions that are drawn */
export function histogramParts(plot: PlotTheme, names: readonly string[]): ChartParts {
  return {
    series: [
      barSeries(uPlotMaker.paths.bars!({ size: [0.9, Infinity] }), plot.series[0]!),
      ...(names.length > 1 ? [otherLine(plot)] : []),
    ],
    scales: {
      x: { time: false },
      y: { range: (_chart, _low, high) => [0, Math.max(high ?? 0, 0.1) * 1.1] },
    },
    ...axes(plot, names, (value) => `${formatNumber(value)} Hz`),
  };
}

/** A mean within a band. @param names of the sessions that are drawn */
export function averageParts(plot: PlotTheme, names: readonly string[]): ChartParts {
  const isCompared = names.length > 1;
  const edges = () => [lineSeries('transparent', 0), lineSeries('transparent', 0)];
  const band = (series: uPlot.Band.Bounds, colour: number, alpha: number) => ({
    series,
    fill: withAlpha(plot.rgb.series[colour]!, alpha),
  });
  return {
    series: [lineSeries(plot.series[0]!, 1.5), ...edges(), ...(isCompared ? [otherLine(plot), ...edges()] : [])],
    bands: [band([2, 3], 0, 0.18), ...(isCompared ? [band([5, 6], sessionStyles.B.series, 0.14)] : [])],
    scales: { x: { time: false }, y: {} },
    ...axes(plot, names, formatMicrovolts),
  };
}

function otherLine(plot: PlotTheme): uPlot.Series {
  const { series, width, dash } = sessionStyles.B;
  return { ...lineSeries(plot.series[series]!, width), dash: [...dash] };
}

function axes(plot: PlotTheme, names: readonly string[], format: (value: number) => string) {
  const ticks = (most: number) => (_chart: uPlot, _axis: number, min: number, max: number) =>
    linearTicks(min, max, most).values;
  return {
    xAxis: { splits: ticks(6), format: (value: number) => `${formatNumber(value)} ms` },
    yAxis: { splits: ticks(5), format },
    drawAbove(chart: uPlot) {
      drawGuide(chart, plot, { scale: 'x', value: 0, colour: plot.stim, widthPixels: 2 });
      if (names.length < 2) return;
      const entries = [sessionStyles.A, sessionStyles.B].map(({ series, dash }, index) => ({
        words: names[index]!,
        colour: plot.series[series]!,
        dash,
      }));
      drawLegend(chart, plot, entries);
    },
  };
}
