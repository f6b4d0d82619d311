import { describe, expect, it } from 'vitest';
import { linearScale, logarithmicScale } from './axis.ts';
import { drawLinePlot } from './line-plot.ts';
import { lineStyle } from './line-styles.ts';
import { csvOf, markdownOf } from './table.ts';
import { problemOf } from './well-formed.fixture.ts';

describe('a scale', () => {
  it('goes from a round number to a round number', () => {
    const { ticks, at } = linearScale([3, 97]);
    expect(ticks.map(({ text }) => text)).toEqual(['0', '20', '40', '60', '80', '100']);
    expect([at(0), at(50), at(100)]).toEqual([0, 0.5, 1]);
  });

  it('writes tenths without the dust of binary fractions', () => {
    expect(linearScale([0, 0.5]).ticks.map(({ text }) => text)).toEqual(['0', '0.1', '0.2', '0.3', '0.4', '0.5']);
  });

  it('of logarithms has ticks at 1, 2 and 5, or at powers of ten over a wide range', () => {
    expect(logarithmicScale([0.03, 1.8]).ticks.map(({ text }) => text)).toEqual([
      '0.02',
      '0.05',
      '0.1',
      '0.2',
      '0.5',
      '1',
      '2',
    ]);
    expect(logarithmicScale([1e-5, 1]).ticks).toHaveLength(6);
    expect(logarithmicScale([0.5, 2]).at(1)).toBeCloseTo(0.5, 12);
  });

  it('has somewhere to put a single value, and none', () => {
    for (const scale of [linearScale([7]), linearScale([]), logarithmicScale([7]), logarithmicScale([])]) {
      expect(scale.ticks.length).toBeGreaterThan(1);
      expect(Number.isFinite(scale.at(7))).toBe(true);
    }
  });
});

describe('a plot', () => {
  it('escapes what rules and axes are called', () => {
    const svg = drawLinePlot({
      title: 'a < b & "c"',
      x: { label: '<x>' },
      y: { label: 'y & z', isLogarithmic: true },
      lines: [
        {
          label: '<rule>',
          style: lineStyle(0),
          points: [
            { x: 0, y: 1, error: 2 },
            { x: 1, y: 0.1, error: 0 },
          ],
        },
      ],
    });
    expect(problemOf(svg)).toBeUndefined();
    expect(svg).not.toContain('NaN');
    expect(svg).toContain('&lt;rule&gt;');
  });

  it('tells more lines apart than there are colours', () => {
    const styles = Array.from({ length: 28 }, (_, index) => JSON.stringify(lineStyle(index)));
    expect(new Set(styles).size).toBe(28);
  });
});

it('tables quote what would break them', () => {
  const table = { header: ['a', 'b'], rows: [['1, 2', 'x | y "z"']] };
  expect(csvOf(table)).toBe('a,b\r\n"1, 2","x | y ""z"""\r\n');
  expect(markdownOf(table)).toBe('| a | b |\n| --- | --- |\n| 1, 2 | x \\| y "z" |');
});

it.each([
  ['<a><b></a></b>', 'closes nothing'],
  ['<a>&</a>', 'an & stands alone'],
  ['<a/><b/>', '2 roots'],
  ['<a x="1" x="2"/>', 'twice'],
  ['<a>', 'not closed'],
])('what is not well-formed is noticed: %s', (text, problem) => {
  expect(problemOf(text)).toContain(problem);
});
