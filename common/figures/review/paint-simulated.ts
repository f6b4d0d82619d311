// Paints the spikes of the simulated neurons of a review, a band for each population; used in the page and in reports.
import type { PlotTheme } from '../plot-theme.ts';
import { bandsOfNeurons, layOutPopulations, rowOfNeuron } from '../population-bands.ts';
import type { Box, Pen } from '../pen.ts';
import { activityTiles, type ReviewScene } from './review-scene.ts';
import { simulatedSpikes, thinningWords } from './simulated-spikes.ts';
import { type TimeScale, xOf } from './time-scale.ts';

const opacity = 225;
const labelGap = 8;
/** For the words above the bands. */
const captionPixels = 16;
const rowPixels = { least: 1, most: 6 } as const;
/** A band that is lower has no name beside it. */
const namePixels = 11;

/** Colour of a population, the same as of its rate; the tissue has the first. */
export function populationSeries(population: number, theme: PlotTheme): number {
  return (population + 1) % theme.series.length;
}

export function paintSimulated(pen: Pen, box: Box, scale: TimeScale, scene: ReviewScene, theme: PlotTheme): void {
  const { populations } = scene.description;
  if (populations.length === 0) return;
  const { seen } = activityTiles(scene, box.width / pen.columnWidth);
  const spikes = simulatedSpikes(scene.activity, seen, scale);
  const middle = box.top + captionPixels / 2 - 2;
  pen.text('Simulated', box.left - labelGap, middle, { colour: theme.muted, align: 'right' });
  pen.text(thinningWords(spikes.every), box.left + 4, middle, { colour: theme.faint });
  const area = { ...box, top: box.top + captionPixels, height: box.height - captionPixels };
  if (area.height <= 0) return;
  const bands = layOutPopulations(populations);
  const bandOf = bandsOfNeurons(populations);
  const strokes = bands.map(() => ({ xs: [] as number[], tops: [] as number[] }));
  const heights = bands.map(({ population, height }) =>
    Math.min(Math.max((0.8 * height * area.height) / population.neurons, rowPixels.least), rowPixels.most),
  );
  for (const [spike, at] of spikes.at.entries()) {
    const index = bandOf[spikes.neuron[spike]!];
    const band = index === undefined ? undefined : bands[index];
    if (index === undefined || band === undefined) continue;
    strokes[index]!.xs.push(xOf(scale, at));
    strokes[index]!.tops.push(area.top + rowOfNeuron(band, spikes.neuron[spike]!) * area.height - heights[index]! / 2);
  }
  pen.rect(area, theme.grid);
  pen.clip(area, () => {
    for (const [index, { xs, tops }] of strokes.entries())
      pen.strokes(xs, tops, heights[index]!, theme.rgb.series[populationSeries(index, theme)]!, opacity);
  });
  for (const [index, { population, top, height }] of bands.entries()) {
    if (height * area.height < namePixels) continue;
    pen.text(population.name, box.left - labelGap, area.top + (top + height / 2) * area.height, {
      colour: theme.series[populationSeries(index, theme)]!,
      align: 'right',
      widthMax: box.left - labelGap - 4,
    });
    if (index > 0) pen.rect({ ...area, top: area.top + top * area.height - 1, height: 1 }, theme.line);
  }
}
