// A session or two over time: the same lines in the picture, the tables and the values beside it.
import { describe, expect, it } from 'vitest';
import type { PlotTheme } from '../../../common/figures/plot-theme.ts';
import { SvgPen } from '../../../common/figures/svg-pen.ts';
import { courseOf } from './course.ts';
import { courseSession, describedSession, finestBin } from './course.fixture.ts';
import { courseKeys } from './course-lines.ts';
import { courseTable } from './course-table.ts';
import { courseSummary, courseValuesAt } from './course-values.ts';
import { paintCourse } from './paint-course.ts';

const rate = 10 * finestBin;
const window = { fromSample: 0, toSample: 100 * finestBin, sampleRateHz: rate };
/** Wide enough for a lane in which each bin is drawn. */
const lane = { left: 0, width: 300 };
const series = ['#0000f0', '#0000f1', '#0000f2', '#0000f3', '#0000f4', '#0000f5'];
const theme = {
  fontFamily: 'sans',
  text: '#111111',
  muted: '#666666',
  faint: '#777777',
  grid: '#dddddd',
  line: '#cccccc',
  panel: '#ffffff',
  series,
  rgb: { stim: [0, 0, 0], series: series.map((_, index) => [0, 0, index]) },
} as unknown as PlotTheme;

const one = (more = {}) => courseSession('A', describedSession(more), window);
const other = (more = {}, shift = 0) =>
  courseSession('B', describedSession({ startedAt: '2026-03-03T10:00:00+01:00', ...more }), window, shift);
const lineOf = (course: ReturnType<typeof courseOf>, key: string) => course.lines.find((line) => line.key === key)!;

describe('a session over time', () => {
  it('has rates per electrode and per neuron, deliveries, and means of weight and latency in each bin', async () => {
    const course = courseOf(await one(), lane, 1);
    expect(course.bins.bins).toBe(100);
    expect(course.lines.map(({ key }) => key)).toEqual([
      'tissue',
      'population exc',
      'population inh',
      'weight',
      'deliveries',
      'latency',
    ]);
    const at = (key: string, bin: number) => lineOf(course, key).values[bin];
    // A bin lasts a tenth of a second.
    expect(at('tissue', 5)).toBeCloseTo(2 / 4 / 0.1);
    expect(at('population exc', 5)).toBeCloseTo(1 / 8 / 0.1);
    expect(at('population inh', 5)).toBeCloseTo(2 / 2 / 0.1);
    expect([at('deliveries', 3), at('deliveries', 4)]).toEqual([10, 0]);
    expect(at('weight', 50)).toBeCloseTo(1.5, 5);
    expect([at('latency', 7), lineOf(course, 'latency').highs![7]]).toEqual([0.5, 8]);
  });

  it('has nothing where it recorded nothing: a shorter session ends, it does not fall silent', async () => {
    const course = courseOf(await other({ samples: 40.5 * finestBin }, -1), lane, 1);
    const { values } = lineOf(course, 'tissue');
    const known = course.bins.fromSample / finestBin;
    expect(known).toBe(-10);
    expect([9, 10, 49, 50, 51].map((bin) => Number.isNaN(values[bin]!))).toEqual([true, false, false, false, true]);
    // Half of the last bin was recorded: its rate is over that half.
    expect(values[50]).toBeCloseTo(2 / 4 / 0.05);
  });

  it('has a lane for whatever one of the sessions has', () => {
    const populations = [{ name: 'output', firstNeuron: 0, neurons: 3 }];
    expect(courseKeys([describedSession(), describedSession({ populations, plasticSynapses: 0 })])).toEqual([
      'tissue',
      'population exc',
      'population inh',
      'population output',
      'weight',
      'deliveries',
      'latency',
    ]);
    expect(courseKeys([describedSession({ populations, plasticSynapses: 0 })])).not.toContain('weight');
  });
});

describe('digital inputs over time', () => {
  const digitalInputs = [{ line: 3, name: 'camera' }];

  it('are counted in the window and the table, and drawn as lines of each session by their names', async () => {
    const renamed = [
      { line: 5, name: 'camera' },
      { line: 6, name: 'lever' },
    ];
    const sessions = [
      await courseSession('A', describedSession({ digitalInputs }), window),
      await courseSession('B', describedSession({ digitalInputs: renamed }), window),
    ];
    const courses = sessions.map((session) => courseOf(session, lane, 1));
    const summary = Object.fromEntries(courseSummary(courses).map(({ name, values }) => [name, values]));
    expect(summary['camera, rising']).toEqual(['10', '10']);
    expect(summary['lever, rising']).toEqual(['–', '10']);
    const rises = courseTable(courses).filter((row) => row.startsWith('A') && row.includes(',input camera,'));
    expect(rises.filter((row) => row.endsWith(',10,/s\n'))).toHaveLength(10);
    const pen = new SvgPen(theme);
    paintCourse(pen, 700, 700, sessions, undefined, theme);
    const svg = pen.svg(700, 700, 'over time');
    for (const words of ['camera', 'lever', '↑ 10']) expect(svg.includes(`>${words}<`), words).toBe(true);
  });
});

describe('two sessions in one figure', () => {
  const svgOf = (sessions: Parameters<typeof paintCourse>[3]) => {
    const pen = new SvgPen(theme);
    paintCourse(pen, 700, 700, sessions, { seconds: 2, words: 'first delivery' }, theme);
    return pen.svg(700, 700, 'over time');
  };

  it('are named in a legend, and told apart by colour and by dashes', async () => {
    const svg = svgOf([await one(), await other()]);
    for (const words of ['culture A', 'culture B', 'phase of A', 'phase of B', 'first delivery', 'Mean weight'])
      expect(svg.includes(`>${words}<`), words).toBe(true);
    // Lines: tissue, two populations, weight and latency of each, and their strokes in the legend.
    const dashed = (colour: string) =>
      svg.match(new RegExp(`stroke="${colour}"[^>]*stroke-dasharray="6 4"`, 'g')) ?? [];
    const lines = (colour: string) => svg.match(new RegExp(`stroke="${colour}"`, 'g')) ?? [];
    expect([lines(series[0]!).length, dashed(series[0]!).length]).toEqual([6, 0]);
    expect([lines(series[5]!).length, dashed(series[5]!).length]).toEqual([6, 6]);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('have one limit where it is the same, and name it where it is not', async () => {
    expect(svgOf([await one(), await other()]).match(/>limit[^<]*</g)).toEqual(['>limit 5 ms<']);
    expect(svgOf([await one(), await other({ deadlineMilliseconds: 3 })]).match(/>limit[^<]*</g)).toEqual([
      '>limit A 5 ms<',
      '>limit B 3 ms<',
    ]);
  });

  it('say in its lane what only one of them has, and a session alone needs no legend', async () => {
    const svg = svgOf([await one(), await other({ plasticSynapses: 0 })]);
    expect(svg.match(/>only in .</g)).toEqual(['>only in A<']);
    const alone = svgOf([await one()]);
    expect(alone).not.toMatch(/culture|only in|first delivery|Phases A/);
  });

  it('have their values at a moment and over the window beside each other', async () => {
    const courses = [courseOf(await one(), lane, 1), courseOf(await other({ plasticSynapses: 0 }, 4), lane, 1)];
    const rows = Object.fromEntries(courseValuesAt(courses, 2 * rate).map(({ name, values }) => [name, values]));
    expect(rows).toMatchObject({
      Time: ['00:00:02.000', '00:00:06.000'],
      Tissue: ['5 Hz', '5 Hz'],
      'Mean weight': ['1.2 mV', '–'],
    });
    // At 7 s of A, the ten seconds of B are over.
    expect(courseValuesAt(courses, 7 * rate)[0]!.values).toEqual(['00:00:07.000', '–']);
    const summary = Object.fromEntries(courseSummary(courses).map(({ name, values }) => [name, values]));
    expect(summary).toMatchObject({
      Deliveries: ['25', '15'],
      'Mean weight': ['1 → 1.99 mV', '–'],
      'Loop latency': ['0.5 ms', '0.5 ms'],
      'Highest latency': ['8 ms', '1 ms'],
    });
  });

  it('are a table with the name of each, on the first one’s time and on its own', async () => {
    const courses = [courseOf(await one(), lane, 1), courseOf(await other({}, 4), lane, 1)];
    const [head, ...rows] = courseTable(courses).map((row) => row.trim().split(','));
    expect(head).toEqual([
      'session',
      'name',
      'seconds',
      'seconds_of_session',
      'bin_seconds',
      'quantity',
      'value',
      'unit',
    ]);
    const tissue = (letter: string) => rows.filter((row) => row[0] === letter && row[5] === 'tissue');
    expect(tissue('A')[3]).toEqual(['A', 'culture A', '0.300000', '0.300000', '0.100000', 'tissue', '5', 'Hz']);
    expect(tissue('B')[0]).toEqual(['B', 'culture B', '0.000000', '4.000000', '0.100000', 'tissue', '5', 'Hz']);
    expect(tissue('B')).toHaveLength(60);
  });
});
