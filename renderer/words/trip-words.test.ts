import { expect, test } from 'vitest';
import { faultCodes } from '../../common/contract/faults.ts';
import { rigStatus } from '../dev/scenes.ts';
import { reactionWords, toDoWords, whenWords } from './trip-words.ts';

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');
const clock = (seconds: number) => `at ${seconds}`;

test('a trip is told in the time of its recording, or that there was none', () => {
  const late = { code: 'late-tick', message: '' } as const;
  expect(whenWords({ ...late, atSeconds: 761.2 }, clock)).toBe('at 761.2');
  expect(whenWords({ ...late, atSeconds: 0 }, clock)).toBe('while nothing was recorded');
  expect(whenWords({ code: 'unclean-exit', message: '', atSeconds: 0 }, clock)).toBe(
    'before this start of the program',
  );
  expect(whenWords(undefined, clock)).toBe('not known');
});

test('the reaction is told with the last pulse against its bound', () => {
  const reaction = { confirmedAfterMilliseconds: 6.1, boundMilliseconds: 100 };
  expect(reactionWords({ ...reaction, confirmedAfterMilliseconds: 0 })).toBe(
    'The output was off already; no pulse after it.',
  );
  expect(plainSpaces(reactionWords(reaction))).toBe('Off, confirmed 6.10 ms after the cause; no pulse after it.');
  expect(plainSpaces(reactionWords({ ...reaction, lastPulseAfterMilliseconds: 2.4 }))).toBe(
    'Off, confirmed 6.10 ms after the cause; last pulse 2.40 ms after it (allowed 100 ms).',
  );
});

test('an output that may be on is disconnected before the cause is thought about', () => {
  for (const code of faultCodes) {
    const { interlock } = rigStatus('recording', 'fault');
    interlock.firstCause = { code, message: '', atSeconds: 1 };
    expect(toDoWords(interlock)).toContain('Disconnect the stimulator');
    interlock.state = 'tripped';
    expect(toDoWords(interlock)).not.toBe('');
  }
});
