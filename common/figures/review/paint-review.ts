// Paints all lanes of a review with one pen; the page and the SVG file look the same; used in the page and in reports.
import type { PlotTheme } from '../plot-theme.ts';
import { laneLayout, type Lanes } from './lane-layout.ts';
import { gatherBins, paintLatency, paintRates, paintStimuli } from './paint-counts.ts';
import {
  type EventColours,
  type EventWords,
  noteSpans,
  paintInterlock,
  paintNotes,
  paintTimeAxis,
} from './paint-events.ts';
import { inputLanePixels, paintInputs } from './paint-inputs.ts';
import { paintSessionNames, sessionNamePixels } from './paint-names.ts';
import { paintSimulated } from './paint-simulated.ts';
import { paintRaster, paintTraces, type TraceSession } from './paint-traces.ts';
import type { Pen } from '../pen.ts';
import type { ReviewScene, TraceScene, TraceSettings } from './review-scene.ts';
import { timeScale } from './time-scale.ts';

export interface ReviewLook {
  theme: PlotTheme;
  colours: EventColours;
  words: EventWords;
  settings: TraceSettings;
  /** A second session whose traces and digital inputs are laid over those of the first, and the names of both. */
  compared?: { second: TraceScene; names: readonly [string, string] } | undefined;
}

/** @param width of the plot, CSS px. @returns where the lanes lie. */
export function paintReview(pen: Pen, width: number, height: number, scene: ReviewScene, look: ReviewLook): Lanes {
  const { theme, colours, words, settings, compared } = look;
  const spans = noteSpans(scene);
  const noteRows = 1 + Math.max(0, ...spans.map(({ row }) => row));
  const sessions: TraceSession[] = [
    { letter: 'A', scene },
    ...(compared === undefined ? [] : [{ letter: 'B' as const, scene: compared.second }]),
  ];
  const lanes = laneLayout(width, height, {
    noteRows,
    hasPopulations: scene.description.populations.length > 0,
    inputPixels: inputLanePixels(sessions, height),
    namePixels: compared === undefined ? 0 : sessionNamePixels,
    sessions: compared === undefined ? 1 : 2,
  });
  const scale = timeScale(scene.window, lanes.traces);
  const top = lanes.traces.top;
  const all = { ...lanes.traces, height: lanes.axis.top - top };
  paintTimeAxis(pen, lanes.axis, top, scale, theme);
  if (compared !== undefined) {
    const named = sessions.map(({ letter }, index) => ({ letter, name: compared.names[index] ?? '' }));
    paintSessionNames(pen, lanes.names, named, theme);
  }
  paintTraces(pen, lanes.traces, sessions, settings, theme);
  paintRaster(pen, lanes.raster, scale, scene, theme);
  paintSimulated(pen, lanes.simulated, scale, scene, theme);
  const bins = gatherBins(pen, lanes.rates, scale, scene);
  paintRates(pen, lanes.rates, scale, scene, bins, theme);
  paintStimuli(pen, lanes.stimuli, scale, scene, bins, theme);
  paintInputs(pen, lanes.inputs, sessions, theme);
  paintLatency(pen, lanes.latency, scale, scene, bins, theme);
  paintInterlock(pen, lanes.interlock, all, scale, scene, theme, colours, words);
  paintNotes(pen, lanes.notes, scale, spans, theme);
  return lanes;
}
