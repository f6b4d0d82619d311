import { expect, test } from 'vitest';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import { rigStatus } from '../dev/scenes.ts';
import type { GiveCommand } from './give-command.ts';
import { RigChecks } from './rig-checks.svelte.ts';

function setUp() {
  const asked: [command: string, request: unknown, answer: (outcome: unknown) => void][] = [];
  const refused: CommandRefusal[] = [];
  const call = (command: string, request: unknown) => new Promise((resolve) => asked.push([command, request, resolve]));
  const checks = new RigChecks(call as unknown as GiveCommand, (refusal) => refused.push(refusal));
  return { asked, refused, checks };
}
const refusal = { code: 'not-now', what: 'a recording is running', cure: 'End it.' } as const;
const impedances = { frequencyHz: 1000, electrodes: [] };

test('devices are asked for one at a time; a list that was there stays while one looks again', async () => {
  const { asked, checks, refused } = setUp();
  const first = checks.look();
  await checks.look();
  expect(asked).toHaveLength(1);
  expect(checks.isLooking).toBe(true);
  asked[0]![2]({ answer: { devices: [], faults: [] } });
  await first;
  expect(checks.isLooking).toBe(false);
  const second = checks.look();
  asked[1]![2]({ refusal });
  await second;
  expect(refused).toEqual([refusal]);
  expect(checks.listing).toEqual({ devices: [], faults: [] });
});

test('what is connected measures itself; what is not, is measured by its source', async () => {
  const { asked, checks } = setUp();
  const measured = [checks.measure('/one', true), checks.measure('/two', false)];
  for (const [, , answer] of asked) answer({ answer: impedances });
  await Promise.all(measured);
  expect(asked.map(([command, request]) => [command, request])).toEqual([
    ['rig.measureImpedances', {}],
    ['source.measureImpedances', { file: '/two' }],
  ]);
  expect(checks.impedances).toEqual({ ...impedances, file: '/two' });
});

test('what was measured of another rig goes when one is connected; of the same it stays', async () => {
  const { asked, checks } = setUp();
  const { file } = rigStatus('live', 'safe').session.experiment!;
  for (const [of, stays] of [
    [file, true],
    ['/another', false],
  ] as const) {
    checks.note(rigStatus('idle', 'safe'));
    const measured = checks.measure(of, false);
    asked.at(-1)![2]({ answer: impedances });
    await measured;
    checks.note(rigStatus('live', 'safe'));
    expect(checks.impedances !== undefined).toBe(stays);
  }
});

test('the loop-back test is asked with what was entered, and its result goes with the rig', async () => {
  const { asked, checks } = setUp();
  checks.note(rigStatus('live', 'safe'));
  checks.electrode = 3;
  checks.pulses = 20;
  const tested = checks.test('Ada');
  expect(asked[0]!.slice(0, 2)).toEqual(['rig.testLoopBack', { electrode: 3, pulses: 20, operator: 'Ada' }]);
  asked[0]![2]({ answer: { sent: 20 } });
  await tested;
  expect(checks.loopBack).toEqual({ sent: 20 });
  checks.note(rigStatus('live', 'safe'));
  expect(checks.loopBack).toBeDefined();
  checks.note(rigStatus('idle', 'safe'));
  expect(checks.loopBack).toBeUndefined();
});

test('numbers that cannot be sent are said before they are', async () => {
  const { asked, checks } = setUp();
  expect(checks.inputReason(32)).toBe('');
  for (const electrode of [-1, 32, 1.5, null]) {
    checks.electrode = electrode;
    expect(checks.inputReason(32)).toBe('Choose an electrode from 0 to 31.');
  }
  checks.electrode = 31;
  for (const pulses of [9, 501, 10.5, null]) {
    checks.pulses = pulses;
    expect(checks.inputReason(32)).toBe('Choose 10 to 500 pulses.');
  }
  await checks.test('Ada');
  expect(asked).toEqual([]);
});
