import { expect, it } from 'vitest';
import { surveyPartsOf, synapsesOfPart } from './survey-parts.ts';

const rowsOf = (lengths: readonly number[]) => {
  const rowStart = new Uint32Array(lengths.length + 1);
  for (const [sender, length] of lengths.entries()) rowStart[sender + 1] = rowStart[sender]! + length;
  return { rowStart };
};
const half = synapsesOfPart / 2;

it('makes one part of what is not enough for two, and of nothing', () => {
  expect([...surveyPartsOf(rowsOf([]))]).toEqual([0, 0]);
  expect([...surveyPartsOf(rowsOf([0, 0]))]).toEqual([0, 2]);
  expect([...surveyPartsOf(rowsOf([half, half, half]))]).toEqual([0, 3]);
});

it('cuts between senders as soon as a part is large enough, and leaves no part too small at the end', () => {
  expect([...surveyPartsOf(rowsOf([half, half, half, half]))]).toEqual([0, 2, 4]);
  expect([...surveyPartsOf(rowsOf([half + 1, half, half, half, half]))]).toEqual([0, 2, 5]);
  expect([...surveyPartsOf(rowsOf([5 * half, 1, 2 * half, 0, 3 * half]))]).toEqual([0, 1, 3, 5]);
});
