// Paints what is counted or measured over time in a review: rates, stimuli and the latency of the loop with its limit; used in the page and in reports.
import { requestFate, type ReviewActivity } from '../../contract/review.ts';
import { formatLatencyTick, roundUpNice } from '../axis-ticks.ts';
import { formatHertz, formatMilliseconds, formatNumber } from '../format-quantity.ts';
import { type PlotTheme, withAlpha } from '../plot-theme.ts';
import { type CountBins, countBins } from './count-bins.ts';
import type { Box, Pen } from '../pen.ts';
import { besideBottom, besideTop, paintLaneName, paintSide } from './paint-side.ts';
import { populationSeries } from './paint-simulated.ts';
import { type CountedScene, activityTiles, columnsBetween, forEachTile, type ReviewScene } from './review-scene.ts';
import { samplesPerPixel, type TimeScale, xOf } from './time-scale.ts';

const opaque = 255;
/** Of the span of several ticks. */
const spanAlpha = 217;
/** Ticks have a dot each where a pixel is shorter. */
const dotSeconds = 0.0003;
const shownLatencies = { from: 0.05, leastTo: 10 } as const;

/** Everything of a window that is drawn from counts, gathered once per drawing. */
export function gatherBins(
  pen: Pick<Pen, 'columnWidth'>,
  box: Pick<Box, 'width'>,
  scale: TimeScale,
  scene: CountedScene,
): CountBins {
  const { seen } = activityTiles(scene, box.width / pen.columnWidth);
  return countBins(scene.activity, seen, scale, scene.description);
}

/** Mean rate per electrode, Hz, in each bin. */
export function electrodeRates(bins: CountBins, channels: number, sampleRateHz: number): Float64Array {
  return ratesOf(bins.spikes, bins, channels, sampleRateHz);
}

/** Mean rate per neuron of a population, Hz. */
export function populationRates(
  bins: CountBins,
  population: number,
  neurons: number,
  sampleRateHz: number,
): Float64Array {
  return ratesOf(bins.populations[population]!, bins, neurons, sampleRateHz);
}

function ratesOf(counts: Float64Array, bins: CountBins, sources: number, sampleRateHz: number): Float64Array {
  const seconds = bins.samplesPerBin / sampleRateHz;
  return counts.map((count, bin) => (bins.isKnown[bin] === 1 ? count / sources / seconds : NaN));
}

export function paintRates(
  pen: Pen,
  box: Box,
  scale: TimeScale,
  scene: ReviewScene,
  bins: CountBins,
  theme: PlotTheme,
): void {
  const { description } = scene;
  const tissue = electrodeRates(bins, description.channels, description.sampleRateHz);
  const simulated = description.populations.map(({ neurons }, population) =>
    populationRates(bins, population, neurons, description.sampleRateHz),
  );
  const most = Math.max(1, ...[tissue, ...simulated].map((rates) => highest(rates)));
  const top = roundUpNice(most);
  const xs = stepPlaces(scale, bins);
  const steps = (rates: Float64Array) => stepValues(rates, yOf);
  const yOf = (rate: number) => box.top + box.height * (1 - rate / top);
  paintFrame(pen, box, theme);
  pen.clip(box, () => {
    for (const [population, rates] of simulated.entries())
      pen.path(xs, steps(rates), { colour: theme.series[populationSeries(population, theme)]!, width: 1.25 });
    pen.path(xs, steps(tissue), { colour: theme.series[0]!, width: 1.5 });
  });
  paintLaneName(pen, box, 'Rates', theme.muted);
  paintSide(pen, box, [besideTop(box, formatHertz(top)), besideBottom(box, '0')], theme);
}

/** Steps: a value belongs to its whole bin, also where one bin is wider than the window. @returns x of both ends of each bin */
export function stepPlaces(scale: TimeScale, bins: CountBins): Float64Array {
  return Float64Array.from({ length: 2 * bins.bins }, (_, end) =>
    xOf(scale, bins.fromSample + Math.ceil(end / 2) * bins.samplesPerBin),
  );
}

/** @returns y at the places of the steps */
export function stepValues(values: Float64Array, yOf: (value: number) => number): Float64Array {
  return Float64Array.from({ length: 2 * values.length }, (_, end) => yOf(values[end >> 1]!));
}

function highest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

function paintFrame(pen: Pen, box: Box, theme: PlotTheme): void {
  pen.rect({ ...box, top: box.top + box.height, height: 1 }, theme.line);
}

/** Each request a stroke: what was asked as a mark, what was delivered as a stem; refused ones below the line. Many: how many. */
export function paintStimuli(
  pen: Pen,
  box: Box,
  scale: TimeScale,
  scene: ReviewScene,
  bins: CountBins,
  theme: PlotTheme,
): void {
  const { seen } = activityTiles(scene, box.width / pen.columnWidth);
  const ground = box.top + box.height * 0.78;
  const shown: ReviewActivity[] = [];
  let isExact = true;
  forEachTile(scene.activity, seen, (tile) => {
    if (tile.hasRequests) shown.push(tile);
    else isExact = false;
  });
  pen.rect({ left: box.left, top: ground, width: box.width, height: 1 }, theme.line);
  if (!isExact) return paintStimulusCounts(pen, box, scale, bins, ground, theme);
  let most = 0;
  for (const tile of shown) for (const microamps of tile.askedMicroamps) most = Math.max(most, microamps);
  const top = roundUpNice(Math.max(most, 1) * 1.05);
  const heightOf = (microamps: number) => (microamps / top) * (ground - box.top);
  pen.clip({ ...box, left: box.left - 2, width: box.width + 4 }, () => {
    for (const tile of shown) {
      for (let request = 0; request < tile.requestAt.length; request++) {
        const at = tile.requestAt[request]!;
        if (at < scale.fromSample || at > scale.toSample) continue;
        const x = xOf(scale, at);
        if (tile.requestFates[request] === requestFate.delivered) {
          const asked = ground - heightOf(tile.askedMicroamps[request]!);
          pen.rect({ left: x - 3, top: asked - 0.5, width: 6, height: 1 }, theme.muted);
          const stem = heightOf(tile.deliveredMicroamps[request]!);
          pen.rect({ left: x - 0.75, top: ground - stem, width: 1.5, height: stem }, theme.stim);
        } else {
          pen.rect(
            { left: x - 0.5, top: ground + 2, width: 1, height: box.top + box.height - ground - 3 },
            theme.armed,
          );
        }
      }
    }
  });
  paintStimulusWords(pen, box, `${formatNumber(top)} µA`, theme);
}

function paintStimulusCounts(
  pen: Pen,
  box: Box,
  scale: TimeScale,
  bins: CountBins,
  ground: number,
  theme: PlotTheme,
): void {
  const most = roundUpNice(Math.max(1, highest(bins.delivered), highest(bins.refused)));
  pen.clip(box, () => {
    for (let bin = 0; bin < bins.bins; bin++) {
      const left = xOf(scale, bins.fromSample + bin * bins.samplesPerBin);
      const width = Math.max(1, xOf(scale, bins.fromSample + (bin + 1) * bins.samplesPerBin) - left - 0.5);
      const up = (bins.delivered[bin]! / most) * (ground - box.top);
      if (up > 0) pen.rect({ left, top: ground - up, width, height: up }, theme.stim);
      const down = (bins.refused[bin]! / most) * (box.top + box.height - ground);
      if (down > 0) pen.rect({ left, top: ground + 1, width, height: down }, theme.armed);
    }
  });
  paintStimulusWords(pen, box, `${formatNumber(most)} a bin`, theme);
}

function paintStimulusWords(pen: Pen, box: Box, most: string, theme: PlotTheme): void {
  paintLaneName(pen, box, 'Stimuli', theme.muted);
  paintSide(pen, box, [besideTop(box, most), besideBottom(box, 'refused')], theme);
}

/** Every tick a dot, or the span of those in a column, on a logarithmic axis; the limit is a dashed line. */
export function paintLatency(
  pen: Pen,
  box: Box,
  scale: TimeScale,
  scene: ReviewScene,
  bins: CountBins,
  theme: PlotTheme,
): void {
  const { deadlineMilliseconds } = scene.description;
  const { seen } = activityTiles(scene, box.width / pen.columnWidth);
  let most: number = Math.max(shownLatencies.leastTo, 2 * deadlineMilliseconds);
  for (const high of bins.highestLatency) if (high > most) most = high;
  const decades = Math.log10(most / shownLatencies.from);
  const yOf = (milliseconds: number) =>
    box.top +
    box.height * (1 - Math.log10(Math.max(milliseconds, shownLatencies.from) / shownLatencies.from) / decades);
  const ticks = [0.1, 1, 10, 100, 1000].filter((tick) => tick < most);
  for (const tick of ticks) pen.rect({ left: box.left, top: yOf(tick), width: box.width, height: 1 }, theme.grid);
  paintSide(
    pen,
    box,
    ticks.filter((tick) => yOf(tick) > box.top).map((tick) => ({ y: yOf(tick), words: formatLatencyTick(tick) })),
    theme,
  );
  paintFrame(pen, box, theme);
  const hasDots = samplesPerPixel(scale) < dotSeconds * scale.sampleRateHz;
  pen.clip(box, () => {
    forEachTile(scene.activity, seen, (tile, from, to) => {
      if (!tile.hasTicks) return paintLatencySpans(pen, tile, from, to, scale, yOf, theme);
      for (let tick = 0; tick < tile.tickAt.length; tick++) {
        const at = tile.tickAt[tick]!;
        if (at < from || at >= to || at < scale.fromSample || at > scale.toSample) continue;
        const y = yOf(tile.tickMilliseconds[tick]!);
        const isLate = tile.tickIsLate[tick] === 1;
        if (hasDots) {
          const colour = isLate ? theme.armed : theme.series[0]!;
          pen.rect({ left: xOf(scale, at) - 1.5, top: y - 1.5, width: 3, height: 3 }, colour);
        } else pen.tick(xOf(scale, at), y - 1, y + 1, isLate ? theme.rgb.armed : theme.rgb.series[0]!, opaque);
      }
    });
  });
  const limit = yOf(deadlineMilliseconds);
  pen.line(box.left, limit, box.left + box.width, limit, { colour: theme.text, dash: [5, 4] });
  pen.text(`limit ${formatMilliseconds(deadlineMilliseconds)}`, box.left + box.width - 4, limit - 2, {
    colour: theme.text,
    align: 'right',
    baseline: 'bottom',
  });
  paintLaneName(pen, box, 'Loop latency', theme.muted);
}

function paintLatencySpans(
  pen: Pen,
  tile: ReviewActivity,
  from: number,
  to: number,
  scale: TimeScale,
  yOf: (milliseconds: number) => number,
  theme: PlotTheme,
): void {
  const [first, end] = columnsBetween(tile, Math.max(from, scale.fromSample), Math.min(to, scale.toSample));
  const width = tile.samplesPerColumn / samplesPerPixel(scale);
  for (let column = first; column < end; column++) {
    if (tile.tickCounts[column] === 0) continue;
    const top = yOf(tile.highestLatency[column]!) - 1;
    const bottom = yOf(tile.lowestLatency[column]!) + 1;
    const left = xOf(scale, tile.fromSample + column * tile.samplesPerColumn);
    const isLate = tile.lateCounts[column]! > 0;
    const [rgb, alpha] = isLate ? [theme.rgb.armed, opaque] : [theme.rgb.series[0]!, spanAlpha];
    if (width <= pen.columnWidth) pen.tick(left, top, bottom, rgb, alpha);
    else pen.rect({ left, top, width, height: bottom - top }, withAlpha(rgb, alpha / opaque));
  }
}
