// Paints the states of the interlock, phases, faults, gaps, marks and notes of a review, and its time axis; used in the page and in reports.
import type { InterlockState } from '../../contract/interlock-states.ts';
import type { ReviewEvents } from '../../contract/review.ts';
import { linearTicks } from '../axis-ticks.ts';
import { formatClock } from '../format-quantity.ts';
import { type PlotTheme, withAlpha } from '../plot-theme.ts';
import { noteRowPixels, rowsForSpans } from './lane-layout.ts';
import type { Box, Pen } from '../pen.ts';
import type { ReviewScene } from './review-scene.ts';
import { type TimeScale, xOf } from './time-scale.ts';

const labelGap = 8;
const rowGap = 2;
/** A mark without length is as wide. */
const markPixels = 8;
const clockPixels = 110;

export interface EventWords {
  state: Readonly<Record<InterlockState, string>>;
}

/** Colours of the page that only events need: danger is kept for trips. */
export interface EventColours {
  danger: string;
  safe: string;
  check: string;
}

export function stateColour(state: InterlockState, theme: PlotTheme, colours: EventColours): string {
  switch (state) {
    case 'safe':
      return colours.safe;
    case 'check':
    case 'prearmed':
      return colours.check;
    case 'armed':
    case 'stopping':
      return theme.armed;
    case 'stimulating':
      return theme.stim;
    case 'tripped':
    case 'fault':
      return colours.danger;
  }
}

/** Calls `visit` for each thing that lasts until the next one begins, within the window. */
function forEachSpan<T extends { at: number }>(
  things: readonly T[],
  scale: TimeScale,
  sessionSamples: number,
  visit: (thing: T, left: number, width: number) => void,
): void {
  for (const [index, thing] of things.entries()) {
    const from = Math.max(thing.at, scale.fromSample);
    const to = Math.min(things[index + 1]?.at ?? sessionSamples, scale.toSample);
    if (to > from) visit(thing, xOf(scale, from), xOf(scale, to) - xOf(scale, from));
  }
}

export function paintPhases(
  pen: Pen,
  box: Box,
  scale: TimeScale,
  { phases }: Pick<ReviewEvents, 'phases'>,
  sessionSamples: number,
  theme: PlotTheme,
): void {
  forEachSpan(phases, scale, sessionSamples, (phase, left, width) => {
    const colour = phase.stimulation ? withAlpha(theme.rgb.stim, 0.3) : theme.line;
    pen.rect({ left, top: box.top, width: Math.max(1, width - 1), height: box.height }, colour);
    pen.text(phase.name, left + 6, box.top + box.height / 2, { colour: theme.text, widthMax: width - 10 });
  });
}

/** Phases above, states of the interlock below, faults as marks on them, and gaps over all lanes. */
export function paintInterlock(
  pen: Pen,
  box: Box,
  all: Box,
  scale: TimeScale,
  scene: ReviewScene,
  theme: PlotTheme,
  colours: EventColours,
  words: EventWords,
): void {
  const { events } = scene;
  const rowHeight = (box.height - rowGap) / 2;
  const lower = box.top + rowHeight + rowGap;
  pen.text('Phase', box.left - labelGap, box.top + rowHeight / 2, { colour: theme.muted, align: 'right' });
  pen.text('Interlock', box.left - labelGap, lower + rowHeight / 2, { colour: theme.muted, align: 'right' });
  if (events === undefined) return;
  const { sessionSamples } = scene.window;
  paintPhases(pen, { ...box, height: rowHeight }, scale, events, sessionSamples, theme);
  forEachSpan(events.states, scale, sessionSamples, ({ state }, left, width) => {
    pen.rect({ left, top: lower, width: Math.max(1, width - 1), height: 4 }, stateColour(state, theme, colours));
    pen.rect(
      { left, top: lower + 4, width: Math.max(1, width - 1), height: rowHeight - 4 },
      state === 'tripped' || state === 'fault' ? withAlpha(theme.rgb.muted, 0.35) : withAlpha(theme.rgb.muted, 0.15),
    );
    pen.text(words.state[state], left + 6, lower + 2 + rowHeight / 2, { colour: theme.text, widthMax: width - 10 });
  });
  for (const { at, isFirst } of events.faults) {
    if (at < scale.fromSample || at > scale.toSample) continue;
    const x = xOf(scale, at);
    pen.rect({ left: x - 1, top: box.top, width: 2, height: box.height }, isFirst ? colours.danger : theme.armed);
  }
  for (const { at, lostSamples } of events.gaps) {
    if (at + lostSamples < scale.fromSample || at > scale.toSample) continue;
    const left = Math.max(all.left, xOf(scale, at));
    const right = Math.min(all.left + all.width, xOf(scale, at + lostSamples));
    pen.rect(
      { left, top: all.top, width: Math.max(1, right - left), height: all.height },
      withAlpha(theme.rgb.armed, 0.25),
    );
  }
}

/** A note or a mark as it is drawn; samples. */
export interface NoteSpan {
  from: number;
  to: number;
  label: string;
  isMark: boolean;
  row: number;
}

/** Marks of the recording and notes on it, in rows where they overlap. */
export function noteSpans(scene: ReviewScene): NoteSpan[] {
  const { sampleRateHz } = scene.description;
  const spans = [
    ...(scene.events?.marks ?? []).map(({ at, text }) => ({ from: at, to: at, label: text || 'mark', isMark: true })),
    ...scene.notes.map(({ fromSeconds, toSeconds, label }) => ({
      from: fromSeconds * sampleRateHz,
      to: toSeconds * sampleRateHz,
      label,
      isMark: false,
    })),
  ].sort((a, b) => a.from - b.from);
  const rows = rowsForSpans(spans.map(({ from, to }) => ({ from, to: Math.max(to, from + 1) })));
  return spans.map((span, index) => ({ ...span, row: rows[index]! }));
}

export function paintNotes(pen: Pen, box: Box, scale: TimeScale, spans: readonly NoteSpan[], theme: PlotTheme): void {
  pen.text('Notes', box.left - labelGap, box.top + noteRowPixels / 2, { colour: theme.muted, align: 'right' });
  pen.rect({ ...box, height: Math.max(noteRowPixels, box.height) }, theme.grid);
  pen.clip(box, () => {
    for (const { from, to, label, isMark, row } of spans) {
      if (to < scale.fromSample || from > scale.toSample) continue;
      const left = Math.max(box.left - markPixels, xOf(scale, from));
      const width = Math.max(isMark ? 2 : markPixels, Math.min(xOf(scale, to), box.left + box.width) - left);
      const top = box.top + row * noteRowPixels + 1;
      const height = noteRowPixels - 2;
      pen.rect(
        { left, top, width, height },
        withAlpha(isMark ? theme.rgb.muted : theme.rgb.accent, isMark ? 0.9 : 0.3),
      );
      pen.rect({ left, top, width: 2, height }, isMark ? theme.text : theme.accent);
      pen.text(label, left + 6, top + height / 2, { colour: theme.text, widthMax: Math.max(width - 8, 90) });
    }
  });
}

/** Time of the session below all lanes, and thin lines up through them. */
export function paintTimeAxis(pen: Pen, box: Box, lanesTop: number, scale: TimeScale, theme: PlotTheme): void {
  const [from, to] = [scale.fromSample / scale.sampleRateHz, scale.toSample / scale.sampleRateHz];
  const { values, step } = linearTicks(from, to, Math.max(2, Math.floor(box.width / clockPixels)));
  for (const value of values) {
    const x = xOf(scale, value * scale.sampleRateHz);
    if (x < box.left - 0.5 || x > box.left + box.width + 0.5) continue;
    pen.rect({ left: x, top: lanesTop, width: 1, height: box.top - lanesTop + 4 }, theme.grid);
    pen.text(step < 0.001 ? microClock(value) : formatClock(value), x, box.top + 14, {
      colour: theme.faint,
      align: 'center',
    });
  }
}

/** "00:12:41.2073": tenths of milliseconds behind the clock. */
function microClock(seconds: number): string {
  const tenths = Math.round((seconds * 1e4) % 10) % 10;
  return `${formatClock(Math.floor(seconds * 1e3 + 1e-6) / 1e3)}${tenths}`;
}
