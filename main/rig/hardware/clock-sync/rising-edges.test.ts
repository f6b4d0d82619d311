// Edges of a line, with hysteresis and over lost samples.
import { expect, it } from 'vitest';
import { RisingEdges } from './rising-edges.ts';

function edgesOf(values: readonly number[], sampleOf = (index: number) => index): number[] {
  const found: number[] = [];
  const edges = new RisingEdges(1.5, 0.75, (sample) => found.push(sample));
  for (const [index, value] of values.entries()) edges.take(sampleOf(index), value);
  return found;
}

it('finds each first high sample after a low one', () => {
  expect(edgesOf([0, 0, 3, 3, 0, 2])).toEqual([2, 5]);
});

it('finds one edge where the line trembles between its levels', () => {
  expect(edgesOf([0, 1, 1.6, 1.4, 1.6, 1, 1.6, 0.7, 1.4, 1.5])).toEqual([2, 9]);
});

it('finds none at the beginning or behind lost samples: when it went high is not known', () => {
  expect(edgesOf([3, 3, 0, 3])).toEqual([3]);
  expect(edgesOf([0, 0, 3, 3, 0, 3], (index) => (index < 2 ? index : index + 100))).toEqual([105]);
});
