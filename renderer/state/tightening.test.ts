import { expect, test } from 'vitest';
import { commandRequests } from '../../common/contract/commands.ts';
import type { GiveCommand } from './give-command.ts';
import { mostOf, Tightening, tightenableKeys } from './tightening.svelte.ts';

const refusal = {
  code: 'not-now',
  what: 'none of these limits is tighter than those in force',
  cure: 'A PI loosens the site file.',
};

/** A rig that refuses what asks for more than ten of anything. */
function begin() {
  const asked: unknown[] = [];
  const call = (command: string, request: { electrode: Record<string, number> }) => {
    expect(command).toBe('limits.tighten');
    expect(commandRequests['limits.tighten'].safeParse(request).success).toBe(true);
    asked.push(request);
    const isTighter = Object.values(request.electrode).every((value) => value <= 10);
    return Promise.resolve(isTighter ? { answer: { limitsHash: 'ab12cd34ef56' } } : { refusal });
  };
  return { asked, tightening: new Tightening(call as unknown as GiveCommand) };
}

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');

test('each limit is asked for by itself, for all electrodes', async () => {
  const { asked, tightening } = begin();
  tightening.values.amplitudeMaxMicroamps = 3.5;
  tightening.values.rateMaxHz = 8;
  await tightening.apply();
  expect(asked).toEqual([{ electrode: { amplitudeMaxMicroamps: 3.5 } }, { electrode: { rateMaxHz: 8 } }]);
  expect(tightening.results.map(({ isTaken, words }) => [isTaken, plainSpaces(words)])).toEqual([
    [true, 'Largest amplitude, all electrodes, 3.50 µA: in force, limits ab12cd34.'],
    [true, 'Largest pulse rate, all electrodes, 8.00 Hz: in force, limits ab12cd34.'],
  ]);
  expect(tightenableKeys.map((key) => tightening.values[key])).toEqual([undefined, undefined, undefined]);
});

test('one electrode can be tightened alone', async () => {
  const { asked, tightening } = begin();
  tightening.electrode = 17;
  tightening.values.chargePerPhaseMaxNanocoulombs = 0.5;
  await tightening.apply();
  expect(asked).toEqual([{ electrodes: [17], electrode: { chargePerPhaseMaxNanocoulombs: 0.5 } }]);
});

test('what is refused is told in words beside what was taken, and stays to be corrected', async () => {
  const { tightening } = begin();
  tightening.values.amplitudeMaxMicroamps = 3;
  tightening.values.rateMaxHz = 90;
  await tightening.apply();
  expect(tightening.results.map(({ isTaken }) => isTaken)).toEqual([true, false]);
  expect(plainSpaces(tightening.results[1]!.words)).toBe(
    'Largest pulse rate, all electrodes, 90.0 Hz: refused. None of these limits is tighter than those in force. A PI loosens the site file.',
  );
  expect(tightening.values.rateMaxHz).toBe(90);
});

test('what is no limit is told before it is asked for', async () => {
  const { asked, tightening } = begin();
  expect(tightening.reason).toBe('Write a lower limit first.');
  for (const value of [-1, NaN, mostOf('rateMaxHz') + 1]) {
    tightening.values.rateMaxHz = value;
    expect(plainSpaces(tightening.problem('rateMaxHz'))).toBe('Write a number from 0 to 500 Hz.');
    await tightening.apply();
  }
  tightening.values.rateMaxHz = 0;
  expect(tightening.reason).toBe('');
  expect(asked).toEqual([]);
});
