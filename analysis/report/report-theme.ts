// The colours of a report: dark lines on white, for paper; colour-blind safe (Okabe and Ito 2008); analysis process.
import type { PlotTheme, Rgb } from '../../common/figures/plot-theme.ts';
import type { EventColours } from '../../common/figures/review/paint-events.ts';

const fontFamily = 'system-ui, sans-serif';
const series = ['#0072b2', '#b0558a', '#00835f', '#857600', '#c25400', '#c47f00'];
const rgb = (colour: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb;

const colours = {
  panel: '#ffffff',
  line: '#c9d1d9',
  grid: '#e4e9ee',
  text: '#12171d',
  muted: '#43505c',
  faint: '#596571',
  accent: '#0072b2',
  armed: '#a86c00',
  stim: '#6f42c1',
};

export const reportTheme: PlotTheme = {
  font: `12px ${fontFamily}`,
  fontFamily,
  ...colours,
  series,
  trace: rgb('#2b5f80'),
  stimulatedTrace: rgb(colours.stim),
  rgb: {
    armed: rgb(colours.armed),
    stim: rgb(colours.stim),
    muted: rgb(colours.muted),
    accent: rgb(colours.accent),
    series: series.map(rgb),
  },
};

export const reportEventColours: EventColours = { danger: '#c9252d', safe: '#5a6672', check: '#0072b2' };
