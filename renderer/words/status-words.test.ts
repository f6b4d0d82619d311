import type { LimitUse } from '../../common/contract/rig-status.ts';
import { expect, test } from 'vitest';
import { rigStatus } from '../dev/scenes.ts';
import { highestUse, lastHeard, limitName, nextStep, useOf, useTone, useWords } from './status-words.ts';

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');

test('a tripped rig says what comes next', () => {
  const status = rigStatus('recording', 'tripped');
  expect(nextStep(status)).toBe('name the cause');
  status.interlock.isAcknowledged = true;
  expect(nextStep(status)).toBe('reset');
});

test('what is old is told as old', () => {
  expect(lastHeard(rigStatus('recording', 'stimulating'), 3210, false).map(plainSpaces)).toEqual([
    'not heard for 3.21 s',
    'was stimulating',
  ]);
  expect(lastHeard(undefined, Infinity, true)[0]).toBe('no connection');
});

test('the highest limit is the one nearest to its bound', () => {
  const highest = highestUse([
    { limit: 'amplitude', code: 'amplitude', value: 4, bound: 20, unit: 'µA' },
    { limit: 'charge per phase', code: 'charge-per-phase', value: 1.5, bound: 3, unit: 'nC', electrode: 17 },
  ]);
  expect(highest && limitName(highest)).toBe('charge per phase, E17');
});

test('a limit that allows nothing is used beyond all measure', () => {
  const nothing: LimitUse = { limit: 'amplitude', code: 'amplitude', value: 4, bound: 0, unit: 'µA' };
  const highest = highestUse([
    nothing,
    { limit: 'pulse rate', code: 'electrode-rate', value: 9, bound: 10, unit: 'Hz' },
  ]);
  expect(highest).toBe(nothing);
  expect(useTone(useOf(nothing))).toBe('over');
  expect(useWords(useOf(nothing))).toBe('not allowed');
});

test('a use has words of a bounded length', () => {
  expect([0.41, 9.99, 10, 300].map(useWords).map(plainSpaces)).toEqual(['41 %', '999 %', '> 999 %', '> 999 %']);
});

test('a use is high above eighty per cent and over at its bound', () => {
  expect([0.8, 0.801, 0.999, 1].map((fraction) => useTone(fraction))).toEqual(['usual', 'high', 'high', 'over']);
});

test('a predicted temperature rise is high above half of its bound', () => {
  const tones = [0.5, 0.501, 0.999, 1].map((fraction) => useTone(fraction, 'temperature-rise'));
  expect(tones).toEqual(['usual', 'high', 'high', 'over']);
});
