// Paints one session or two over time, a lane for each quantity: the second one dashed, in another colour, named above; used in the page.
import { formatLatencyTick, linearTicks, roundUpNice } from '../../../common/figures/axis-ticks.ts';
import { formatMilliseconds, formatNumber } from '../../../common/figures/format-quantity.ts';
import type { Box, Pen } from '../../../common/figures/pen.ts';
import { type PlotTheme, withAlpha } from '../../../common/figures/plot-theme.ts';
import { type LaneHeight, stackLanes } from '../../../common/figures/review/lane-layout.ts';
import { stepPlaces, stepValues } from '../../../common/figures/review/paint-counts.ts';
import { paintPhases, paintTimeAxis } from '../../../common/figures/review/paint-events.ts';
import { inputLanePixels, paintInputs } from '../../../common/figures/review/paint-inputs.ts';
import { paintSessionNames, sessionNamePixels } from '../../../common/figures/review/paint-names.ts';
import { besideBottom, besideTop, paintLaneName, paintSide } from '../../../common/figures/review/paint-side.ts';
import { sessionStyles } from '../../../common/figures/review/session-styles.ts';
import { xOf } from '../../../common/figures/review/time-scale.ts';
import { type Course, courseOf, type CourseSession } from './course.ts';
import { courseKeys, type CourseLine, isInputKey } from './course-lines.ts';

const labelGap = 8;
const phasePixels = 20;
const axisPixels = 24;
const bandOpacity = 0.16;
const shownLatencies = { from: 0.05, leastTo: 10 } as const;

/** The event by which the second session is aligned. */
export interface CourseAnchor {
  /** In the first session, s. */
  seconds: number;
  words: string;
}

interface Drawn {
  course: Course;
  line: CourseLine;
}

const colourOf = ({ session }: Course, theme: PlotTheme) => theme.series[sessionStyles[session.letter].series]!;
const known = (values: ArrayLike<number>) => Array.from(values).filter((value) => Number.isFinite(value));

/** @param sessions the first one gives the time axis. @returns where the lanes lie, and what was drawn */
export function paintCourse(
  pen: Pen,
  width: number,
  height: number,
  sessions: readonly CourseSession[],
  anchor: CourseAnchor | undefined,
  theme: PlotTheme,
): { area: Box; courses: Course[] } {
  const descriptions = sessions.map(({ scene }) => scene.description);
  const keys = courseKeys(descriptions).filter((key) => !isInputKey(key));
  const isCompared = sessions.length > 1;
  const heights: LaneHeight<string>[] = [
    ...(isCompared ? [{ name: 'names', pixels: sessionNamePixels }] : []),
    ...keys.map((name) => ({ name, part: 1 })),
    { name: 'inputs', pixels: inputLanePixels(sessions, height) },
    ...sessions.map(({ letter }) => ({ name: `phases ${letter}`, pixels: phasePixels })),
    { name: 'axis', pixels: axisPixels },
  ];
  const lanes = stackLanes(width, height, heights);
  const [firstLane, axis] = [lanes[keys[0]!]!, lanes['axis']!];
  const courses = sessions.map((session) => courseOf(session, firstLane, pen.columnWidth));
  const [first] = courses;
  const area = { ...firstLane, height: axis.top - firstLane.top };
  if (first === undefined) return { area, courses };
  if (isCompared) paintSessionNames(pen, lanes['names']!, sessions, theme);
  paintTimeAxis(pen, axis, firstLane.top, first.scale, theme);
  for (const key of keys) {
    const drawn = courses.flatMap((course) => {
      const line = course.lines.find((each) => each.key === key);
      return line === undefined ? [] : [{ course, line }];
    });
    paintLane(pen, lanes[key]!, drawn, theme);
    if (isCompared && drawn.length === 1)
      pen.text(`only in ${drawn[0]!.course.session.letter}`, area.left + area.width - 4, lanes[key]!.top + 8, {
        colour: theme.muted,
        align: 'right',
      });
  }
  paintInputs(pen, lanes['inputs']!, sessions, theme);
  for (const { session, scale } of courses) {
    const box = lanes[`phases ${session.letter}`]!;
    const words = isCompared ? `Phases ${session.letter}` : 'Phases';
    pen.text(words, box.left - labelGap, box.top + box.height / 2, { colour: theme.muted, align: 'right' });
    const { events, description } = session.scene;
    if (events !== undefined) pen.clip(box, () => paintPhases(pen, box, scale, events, description.samples, theme));
  }
  if (isCompared && anchor !== undefined) paintAnchor(pen, area, first, anchor, theme);
  return { area, courses };
}

function paintAnchor(pen: Pen, area: Box, first: Course, { seconds, words }: CourseAnchor, theme: PlotTheme): void {
  const x = xOf(first.scale, seconds * first.scale.sampleRateHz);
  if (x < area.left || x > area.left + area.width) return;
  pen.line(x, area.top, x, area.top + area.height, { colour: theme.muted, dash: [2, 3] });
  const isLate = x > area.left + area.width / 2;
  pen.text(words, isLate ? x - 4 : x + 4, area.top + 8, { colour: theme.muted, align: isLate ? 'right' : 'left' });
}

function paintLane(pen: Pen, box: Box, drawn: readonly Drawn[], theme: PlotTheme): void {
  const [one] = drawn;
  if (one === undefined) return;
  const { key, name } = one.line;
  paintLaneName(pen, box, name, theme.text);
  pen.rect({ ...box, top: box.top + box.height, height: 1 }, theme.line);
  if (key === 'deliveries') return paintBars(pen, box, drawn, theme);
  if (key === 'latency') return paintLatencies(pen, box, drawn, theme);
  const range =
    key === 'weight'
      ? spanOf(drawn)
      : [0, roundUpNice(Math.max(0.1, ...drawn.flatMap(({ line }) => known(line.values))))];
  const [low, high] = range as [number, number];
  const yOf = (value: number) => box.top + box.height * (1 - (value - low) / (high - low));
  const unit = one.line.unit;
  paintSide(
    pen,
    box,
    [
      besideTop(box, `${formatNumber(high)} ${unit}`),
      besideBottom(box, low === 0 ? '0' : `${formatNumber(low)} ${unit}`),
    ],
    theme,
  );
  paintLines(pen, box, drawn, yOf, theme);
}

/** Round ends around all values, so that small changes are seen. */
function spanOf(drawn: readonly Drawn[]): [number, number] {
  const values = drawn.flatMap(({ line }) => known(line.values));
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high > low ? 0 : Math.max(Math.abs(high) * 0.01, 1e-6);
  const { step } = linearTicks(low - room, high + room, 4);
  return [Math.floor((low - room) / step) * step + 0, Math.ceil((high + room) / step) * step];
}

function paintLines(
  pen: Pen,
  box: Box,
  drawn: readonly Drawn[],
  yOf: (value: number) => number,
  theme: PlotTheme,
): void {
  pen.clip(box, () => {
    for (const { course, line } of drawn) {
      const { dash, width } = sessionStyles[course.session.letter];
      const xs = stepPlaces(course.scale, course.bins);
      pen.path(xs, stepValues(line.values, yOf), { colour: colourOf(course, theme), width, dash });
    }
  });
}

/** The first session's bars stand on the middle, the second's hang from it; alone, they stand on the ground. */
function paintBars(pen: Pen, box: Box, drawn: readonly Drawn[], theme: PlotTheme): void {
  const most = roundUpNice(Math.max(1, ...drawn.flatMap(({ line }) => known(line.values))));
  const isMirrored = drawn.length > 1;
  const ground = isMirrored ? box.top + box.height / 2 : box.top + box.height;
  const room = isMirrored ? box.height / 2 - 1 : box.height;
  if (isMirrored) pen.rect({ ...box, top: ground, height: 1 }, theme.line);
  pen.clip(box, () => {
    for (const [index, { course, line }] of drawn.entries()) {
      const xs = stepPlaces(course.scale, course.bins);
      for (const [bin, value] of line.values.entries()) {
        if (!(value > 0)) continue;
        const size = (value / most) * room;
        const top = index === 0 ? ground - size : ground + 1;
        const left = xs[2 * bin]!;
        const width = Math.max(1, xs[2 * bin + 1]! - left - 0.5);
        pen.rect({ left, top, width, height: size }, colourOf(course, theme));
      }
    }
  });
  const side = isMirrored
    ? drawn.map(({ course }, index) => ({ y: ground + (index === 0 ? -9 : 10), words: course.session.letter }))
    : [besideBottom(box, '0')];
  paintSide(pen, box, [besideTop(box, `${formatNumber(most)} /s`), ...side], theme);
}

/** Means as lines, all ticks of a bin as a band, on a logarithmic axis with each session's limit. */
function paintLatencies(pen: Pen, box: Box, drawn: readonly Drawn[], theme: PlotTheme): void {
  const limits = drawn.map(({ course }) => course.session.scene.description.deadlineMilliseconds);
  const highest = drawn.flatMap(({ line }) => known(line.highs ?? []));
  const to = Math.max(shownLatencies.leastTo, ...limits.map((limit) => 2 * limit), ...highest);
  const decades = Math.log10(to / shownLatencies.from);
  const yOf = (milliseconds: number) =>
    box.top +
    box.height * (1 - Math.log10(Math.max(milliseconds, shownLatencies.from) / shownLatencies.from) / decades);
  const ticks = [0.1, 1, 10, 100, 1000].filter((tick) => tick < to && yOf(tick) > box.top + 16);
  for (const tick of ticks) pen.rect({ left: box.left, top: yOf(tick), width: box.width, height: 1 }, theme.grid);
  paintSide(
    pen,
    box,
    ticks.map((tick) => ({ y: yOf(tick), words: formatLatencyTick(tick) })),
    theme,
  );
  pen.clip(box, () => {
    for (const { course, line } of drawn) {
      const xs = stepPlaces(course.scale, course.bins);
      const colour = withAlpha(theme.rgb.series[sessionStyles[course.session.letter].series]!, bandOpacity);
      for (let bin = 0; bin < course.bins.bins; bin++) {
        const [low, high] = [line.lows?.[bin] ?? NaN, line.highs?.[bin] ?? NaN];
        if (Number.isNaN(low) || Number.isNaN(high)) continue;
        const [left, top] = [xs[2 * bin]!, yOf(high) - 0.5];
        pen.rect({ left, top, width: xs[2 * bin + 1]! - left, height: yOf(low) - top + 0.5 }, colour);
      }
    }
  });
  paintLines(pen, box, drawn, yOf, theme);
  for (const limit of new Set(limits)) {
    const whose = limits.every((each) => each === limit)
      ? ''
      : ` ${drawn[limits.indexOf(limit)]!.course.session.letter}`;
    pen.line(box.left, yOf(limit), box.left + box.width, yOf(limit), { colour: theme.text, dash: [5, 4] });
    pen.text(`limit${whose} ${formatMilliseconds(limit)}`, box.left + box.width - 4, yOf(limit) - 2, {
      colour: theme.text,
      align: 'right',
      baseline: 'bottom',
    });
  }
}
