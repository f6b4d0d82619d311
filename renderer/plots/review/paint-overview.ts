// Paints the whole session as a strip: rate of spikes, stimuli, states of the interlock, notes, and over it which part is looked at; used in the page.
import type { PlotTheme } from '../../../common/figures/plot-theme.ts';
import { withAlpha } from '../../../common/figures/plot-theme.ts';
import { countBins } from '../../../common/figures/review/count-bins.ts';
import { laneMargins } from '../../../common/figures/review/lane-layout.ts';
import { type EventColours, noteSpans, stateColour } from '../../../common/figures/review/paint-events.ts';
import type { Box, Pen } from '../../../common/figures/pen.ts';
import { activityTiles, type CountedScene, type ReviewScene } from '../../../common/figures/review/review-scene.ts';
import { tileColumns, type TileName } from '../../../common/figures/review/tile-cache.ts';
import { timeScale, type TimeScale, xOf } from '../../../common/figures/review/time-scale.ts';

const stateRow = 6;
const stimulusRow = 6;

/** The piece that holds the whole session. */
export function overviewTile(sessionSamples: number): TileName {
  return { samplesPerColumn: 2 ** Math.max(0, Math.ceil(Math.log2(sessionSamples / tileColumns))), tile: 0, block: 0 };
}

/**
 * Asks for the counts of what is seen, the whole session's for the strip among them, and then for what a step aside will need.
 * @param widthPixels of the lanes, device pixels
 */
export function wantActivity(scene: CountedScene, widthPixels: number): void {
  const { seen, near } = activityTiles(scene, widthPixels);
  scene.activity.want([...seen, overviewTile(scene.window.sessionSamples)], near);
}

export function overviewScale({ window }: Pick<ReviewScene, 'window'>, width: number): TimeScale {
  const { sessionSamples, sampleRateHz } = window;
  return timeScale(
    { fromSample: 0, toSample: Math.max(1, sessionSamples), sampleRateHz },
    { left: laneMargins.left, width: Math.max(1, width - laneMargins.left - laneMargins.right) },
  );
}

const boxOf = ({ left, width }: TimeScale, height: number): Box => ({ left, top: 4, width, height: height - 8 });

export function paintOverview(
  pen: Pen,
  width: number,
  height: number,
  scene: ReviewScene,
  theme: PlotTheme,
  colours: EventColours,
): void {
  const scale = overviewScale(scene, width);
  const box = boxOf(scale, height);
  const ground = box.top + box.height - stateRow - 2;
  pen.rect(box, theme.grid);
  pen.text('Session', box.left - 8, box.top + box.height / 2, { colour: theme.muted, align: 'right' });
  const tile = overviewTile(scene.window.sessionSamples);
  const bins = countBins(scene.activity, [tile], scale, { populations: [], digitalInputs: [] });
  let most = 1;
  for (const count of bins.spikes) most = Math.max(most, count);
  const tissue = withAlpha(theme.rgb.series[0]!, 0.8);
  for (let bin = 0; bin < bins.bins; bin++) {
    const left = xOf(scale, bins.fromSample + bin * bins.samplesPerBin);
    const right = Math.min(box.left + box.width, xOf(scale, bins.fromSample + (bin + 1) * bins.samplesPerBin));
    const up = (bins.spikes[bin]! / most) * (ground - box.top - stimulusRow);
    pen.rect({ left, top: ground - up, width: right - left, height: up }, tissue);
    if (bins.delivered[bin]! > 0)
      pen.rect({ left, top: box.top, width: Math.max(1, right - left), height: stimulusRow - 2 }, theme.stim);
  }
  const states = scene.events?.states ?? [];
  for (const [index, { at, state }] of states.entries()) {
    const left = xOf(scale, at);
    const right = xOf(scale, states[index + 1]?.at ?? scale.toSample);
    pen.rect(
      { left, top: ground + 2, width: Math.max(1, right - left), height: stateRow },
      stateColour(state, theme, colours),
    );
  }
  for (const { from } of noteSpans(scene))
    pen.rect({ left: xOf(scale, from) - 0.5, top: box.top, width: 1, height: box.height }, theme.accent);
}

/** What is looked at, over the strip: all that changes when somebody moves. */
export function paintShownPart(
  pen: Pick<Pen, 'rect'>,
  width: number,
  height: number,
  scene: Pick<ReviewScene, 'window'>,
  theme: PlotTheme,
): void {
  const scale = overviewScale(scene, width);
  const box = boxOf(scale, height);
  const { fromSample, toSample, isWhole } = scene.window;
  if (isWhole) return;
  const [left, right] = [xOf(scale, fromSample), xOf(scale, toSample)];
  const shade = withAlpha(theme.rgb.muted, 0.28);
  pen.rect({ ...box, width: left - box.left }, shade);
  pen.rect({ ...box, left: right, width: box.left + box.width - right }, shade);
  const edge = { left, top: box.top - 3, width: Math.max(2, right - left), height: 2 };
  pen.rect(edge, theme.accent);
  pen.rect({ ...edge, top: box.top + box.height + 1 }, theme.accent);
  pen.rect({ left: left - 1, top: box.top - 3, width: 2, height: box.height + 6 }, theme.accent);
  pen.rect({ left: Math.max(right - 1, left + 1), top: box.top - 3, width: 2, height: box.height + 6 }, theme.accent);
}
