import { expect, it } from 'vitest';
import { surveyPartsOf, synapsesOfOnePart } from './survey-parts.ts';

const rowsOf = (lengths: readonly number[]) => {
  const rowStart = new Uint32Array(lengths.length + 1);
  for (const [sender, length] of lengths.entries()) rowStart[sender + 1] = rowStart[sender]! + length;
  return { rowStart };
};
const quarter = synapsesOfOnePart / 4;

it('makes one part of few synapses, and of none', () => {
  expect([...surveyPartsOf(rowsOf([]))]).toEqual([0, 0]);
  expect([...surveyPartsOf(rowsOf([0, 0]))]).toEqual([0, 2]);
  expect([...surveyPartsOf(rowsOf([quarter, quarter, quarter, quarter]))]).toEqual([0, 4]);
});

it('cuts between senders as soon as a part is large enough, and leaves no part too small at the end', () => {
  const half = quarter / 2;
  expect([...surveyPartsOf(rowsOf([quarter, half, half, quarter, 2 * quarter]))]).toEqual([0, 1, 3, 4, 5]);
  expect([...surveyPartsOf(rowsOf([4 * quarter, half, 1, quarter, half]))]).toEqual([0, 1, 5]);
  expect([...surveyPartsOf(rowsOf([4 * quarter, 0, half + 1, half, quarter]))]).toEqual([0, 1, 4, 5]);
});

it('makes no more than 1,024 parts, however many synapses there are', () => {
  const starts = surveyPartsOf(rowsOf(Array<number>(20_000).fill(1000)));
  expect(starts.length - 1).toBe(1000);
  expect(starts[1]).toBe(20);
});
