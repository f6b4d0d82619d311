import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { type ArmingBench, armingBench, type DeviceFailings } from './arming.fixture.ts';
import type { Check } from './arming-context.ts';
import { checkedExperiment } from './checked-experiment.fixture.ts';
import { testOutput } from './output-test.ts';

let owner: DisposableStore;

beforeEach(() => void (owner = new DisposableStore()));
afterEach(() => owner.dispose());

const names = [
  'delivers what is asked',
  'refuses what is beyond its own limits',
  'lease ends by itself',
  'stop is obeyed',
  'the watchdog’s stop is obeyed',
];

async function run(failings: DeviceFailings = {}, checked = checkedExperiment()) {
  const bench: ArmingBench = armingBench(owner, failings, checked);
  const checks = await testOutput(bench.rig, bench.context);
  const found = (name: string): Check => checks.find(({ check }) => check === name)!;
  const failed = checks.filter(({ isPassed }) => !isPassed).map(({ check }) => check);
  return { ...bench, checks, found, failed };
}

describe('S38: testOutput', () => {
  it('passes a stimulator that does what it must, and says what was found', async () => {
    const { checks } = await run();
    expect(checks.map(({ check }) => check)).toEqual(names);
    expect(checks.every(({ isPassed }) => isPassed)).toBe(true);
    expect(checks.map(({ detail }) => detail)).toEqual([
      '-1.00 nC measured in the reference load, -1.00 nC asked (delivered)',
      'answered: amplitude',
      'off 100 ms after a lease of 100 ms began',
      'output off confirmed after 5 ms',
      expect.stringMatching(/^output off confirmed after (5|10) ms$/) as string,
    ]);
  });

  it('H84: turns the output on with an open relay only, each time for a fresh session', async () => {
    const { orders, rig } = await run();
    expect(orders.map(({ isDry, leaseMilliseconds }) => [isDry, leaseMilliseconds])).toEqual([
      [true, 100],
      [true, 100],
      [true, 100],
    ]);
    const sessions = orders.map(({ session }) => session);
    expect(sessions).toEqual([...new Set(sessions)].sort((a, b) => a - b));
    expect(rig.output.status.isOutputOn).toBe(false);
  });

  it('H84: sends no pulse at all while the device says that its relay is closed', async () => {
    const { pulses, failed, checks } = await run({ isWet: true });
    expect(pulses).toEqual([]);
    expect(checks[0]).toEqual({
      check: 'output with open relay',
      isPassed: false,
      detail: 'the stimulator answered: delivered',
    });
    expect(failed).toEqual(['output with open relay', 'stop is obeyed', 'the watchdog’s stop is obeyed']);
  });

  it('H84: sends what the experiment asks for, and what the device must refuse, once each', async () => {
    const { pulses } = await run();
    // Each is good for the time in which its answer is waited for.
    expect(pulses[0]!.expiryNs).toBe(1e9 + 200e6);
    expect(pulses).toMatchObject([
      { sequence: 1, electrode: 3, amplitudeNanoamps: 5000, phaseMicroseconds: 200, interphaseMicroseconds: 50 },
      { sequence: 2, electrode: 0, amplitudeNanoamps: 100_001, phaseMicroseconds: 20 },
    ]);
  });

  it('tries a small pulse where the experiment has no stimulus', async () => {
    const { pulses, failed } = await run({}, checkedExperiment({ stimuli: [] }));
    expect(pulses[0]).toMatchObject({ electrode: 0, amplitudeNanoamps: 1000, phaseMicroseconds: 200 });
    expect(failed).toEqual([]);
  });

  it.each([
    [0.95, true],
    [0.949_999, false],
    [1.05, true],
    [1.050_001, false],
    [0, false],
    [10, false],
    [-1, false],
    [Number.NaN, false],
  ])('H04: judges a device that delivers %d of what is asked', async (scale, isPassed) => {
    for (const leadingPhase of ['cathodic', 'anodic'] as const) {
      const { found } = await run({ scale }, checkedExperiment({ stimuli: [{ leadingPhase }] }));
      expect(found('delivers what is asked').isPassed).toBe(isPassed);
    }
  });

  it('H04: judges a device that measures right and says that it did not deliver', async () => {
    const { found } = await run({ outcome: () => 'charge' });
    expect(found('delivers what is asked')).toMatchObject({
      isPassed: false,
      detail: '-1.00 nC measured in the reference load, -1.00 nC asked (charge)',
    });
  });

  it('says that a device acknowledges nothing', async () => {
    const { found } = await run({ outcome: () => undefined });
    for (const name of names.slice(0, 2))
      expect(found(name)).toEqual({ check: name, isPassed: false, detail: 'no acknowledgement' });
  });

  it('H12: judges a device that delivers beyond its own limits, or refuses for another reason', async () => {
    for (const outcome of ['delivered', 'charge', 'rate'] as const) {
      const { found } = await run({ outcome: ({ sequence }) => (sequence === 1 ? 'delivered' : outcome) });
      expect(found('refuses what is beyond its own limits')).toMatchObject({
        isPassed: false,
        detail: `answered: ${outcome}`,
      });
    }
  });

  it('takes no answer to another pulse for that to its own', async () => {
    const bench = armingBench(owner, { outcome: () => undefined });
    const testing = testOutput(bench.rig, bench.context);
    while (bench.pulses.length === 0) await new Promise((resolve) => setImmediate(resolve));
    bench.rig.onTestAcknowledgement!({ sequence: 99, outcome: 'delivered' } as Parameters<
      NonNullable<typeof bench.rig.onTestAcknowledgement>
    >[0]);
    expect((await testing)[0]).toMatchObject({ isPassed: false, detail: 'no acknowledgement' });
  });

  it.each([
    [54, false],
    [60, true],
    [100, true],
    [139, true],
    [141, false],
  ])('H38: judges a lease of 100 ms that ends after %d ms', async (leaseMilliseconds, isPassed) => {
    const { found } = await run({ leaseMilliseconds });
    expect(found('lease ends by itself').isPassed).toBe(isPassed);
  });

  it('H38: says that an output stays on without a renewal', async () => {
    const { found } = await run({ leaseMilliseconds: Infinity });
    expect(found('lease ends by itself')).toMatchObject({
      isPassed: false,
      detail: 'still on after 300 ms without a renewal',
    });
  });

  it.each([
    ['stop is obeyed', (milliseconds: number) => ({ obeysAfterMilliseconds: milliseconds })],
    ['the watchdog’s stop is obeyed', (milliseconds: number) => ({ obeysWatchdogAfterMilliseconds: milliseconds })],
  ] as const)('S15: tries each handle by itself: %s', async (name, failing) => {
    // A lease that ends by itself must not be taken for an obeyed stop.
    for (const [milliseconds, isPassed] of [
      [70, true],
      [80, false],
      [Infinity, false],
    ] as const) {
      const { failed, found } = await run(failing(milliseconds));
      expect(failed).toEqual(isPassed ? [] : [name]);
      expect(found(name).isPassed).toBe(isPassed);
    }
  });

  it('S12: takes a stop that leaves the session unburned for none', async () => {
    const { failed, found } = await run({ burnsNothing: true });
    expect(failed).toEqual(names.slice(3));
    expect(found('stop is obeyed').detail).toBe('no confirmation within 200 ms');
  });

  it('says why the output cannot be turned on, with nothing sent', async () => {
    for (const [refusesToTurnOn, detail] of [
      ['emergency-stop', 'the stimulator answered: emergency-stop'],
      [new Error('the device is not connected'), 'Error: the device is not connected'],
    ] as const) {
      const { checks, pulses } = await run({ refusesToTurnOn });
      expect(checks).toEqual(
        ['output with open relay', ...names.slice(3)].map((check) => ({ check, isPassed: false, detail })),
      );
      expect(pulses).toEqual([]);
    }
  });

  it('gives acknowledgements back to the loop when it is through, or has failed', async () => {
    const { rig } = await run();
    expect(rig.onTestAcknowledgement).toBeUndefined();
    const bench = armingBench(owner);
    const broken = { ...bench.context, random: () => Number.NaN };
    await expect(testOutput(bench.rig, broken)).rejects.toThrow();
    expect(bench.rig.onTestAcknowledgement).toBeUndefined();
  });
});
