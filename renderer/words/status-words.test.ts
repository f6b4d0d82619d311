import { expect, test } from 'vitest';
import { rigStatus } from '../dev/scenes.ts';
import { highestUse, lastHeard, limitName, outputWords, stateDetail } from './status-words.ts';

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');

test('the output is told as measured, with the time since the confirmation and since the message', () => {
  const status = rigStatus('recording', 'stimulating');
  status.interlock.isOutputOn = true;
  status.interlock.outputConfirmedAgoMilliseconds = 20;
  expect(plainSpaces(outputWords(status, 30))).toBe('output on, confirmed 0.05 s ago');
  status.interlock.isOutputOn = null;
  expect(outputWords(status, 0)).toBe('output not confirmed');
});

test('a tripped rig says what comes next', () => {
  const status = rigStatus('recording', 'tripped');
  expect(stateDetail(status, 0)).toContain('name the cause');
  status.interlock.isAcknowledged = true;
  expect(stateDetail(status, 0)).toContain('reset');
});

test('what is old is told as old', () => {
  expect(plainSpaces(lastHeard(rigStatus('recording', 'stimulating'), 3210, false))).toBe(
    'not heard for 3.21 s · was stimulating',
  );
  expect(lastHeard(undefined, Infinity, true)).toBe('no connection, trying again');
});

test('the highest limit is the one nearest to its bound', () => {
  const highest = highestUse([
    { limit: 'amplitude', value: 4, bound: 20, unit: 'µA' },
    { limit: 'charge per phase', value: 1.5, bound: 3, unit: 'nC', electrode: 17 },
  ]);
  expect(highest && limitName(highest)).toBe('charge per phase, E17');
});
