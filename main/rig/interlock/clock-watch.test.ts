import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../common/contract/faults.ts';
import { ClockWatch } from './clock-watch.ts';

const limits = { clockDriftMaxPartsPerMillion: 500, clockStepMaxMicroseconds: 5000 };
/** Statuses come every 20 ms. */
const periodMicroseconds = 20_000;
const statusesPerSecond = 50;

/** Two clocks by which the device's statuses come. */
function setUp(startMicroseconds = 3_600_000_000) {
  const watch = new ClockWatch(limits);
  let hostMicroseconds = startMicroseconds;
  let deviceMicroseconds = 77_000_000;
  const faults: { fault: Fault; seconds: number }[] = [];
  return {
    watch,
    faults,
    /** @param partsPerMillion by which the device's clock is too fast; @param late how much later the status arrives, µs. */
    pass(seconds: number, partsPerMillion = 0, late: (status: number) => number = () => 0) {
      for (let status = 0; status < seconds * statusesPerSecond; status++) {
        hostMicroseconds += periodMicroseconds;
        deviceMicroseconds += periodMicroseconds + (partsPerMillion * periodMicroseconds) / 1e6;
        const fault = watch.note(deviceMicroseconds, (hostMicroseconds + late(status)) * 1000);
        if (fault !== undefined) faults.push({ fault, seconds: (hostMicroseconds - startMicroseconds) / 1e6 });
      }
    },
    stepDevice: (microseconds: number) => void (deviceMicroseconds += microseconds),
    codes: () => faults.map(({ fault: { code } }) => code),
  };
}

describe('S32: ClockWatch', () => {
  it('finds nothing in clocks that go alike, however far apart they are and whenever the computer was started', () => {
    for (const start of [0, 3_600_000_000, 3e15]) {
      const clocks = setUp(start);
      clocks.pass(60);
      expect(clocks.faults).toEqual([]);
    }
  });

  it('does not mind statuses that are late by chance, as long as one of a second is not', () => {
    const oneInTwenty = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(oneInTwenty, (lateness) => {
        const clocks = setUp();
        clocks.pass(40, 0, (status) => (status % 20 === 0 ? 0 : lateness[status % lateness.length]!));
        expect(clocks.faults).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  describe('of a step', () => {
    // In the second between two judgements the clocks may drift by 500 µs besides.
    it.each([
      [5499, undefined],
      [5500, undefined],
      [5501, '5.5'],
      [-5499, undefined],
      [-5500, undefined],
      [-5501, '-5.5'],
      [20_000, '20.0'],
    ])('H47: judges one of %d µs', (microseconds, words) => {
      const clocks = setUp();
      clocks.pass(5);
      clocks.stepDevice(microseconds);
      clocks.pass(3);
      if (words === undefined) expect(clocks.codes()).toEqual([]);
      else {
        const message = `The stimulator’s clock and this computer’s moved apart by ${words} ms at once.`;
        const value = Math.abs(microseconds) / 1000;
        const fault = { code: 'clock-step', message, value, bound: 5, unit: 'ms' };
        expect(clocks.faults.map((found) => found.fault)).toEqual([fault]);
      }
    });

    it('H47: finds a computer that was suspended within a second of its return, and once', () => {
      for (const asleep of [0.02, 1, 30, 86_400]) {
        const clocks = setUp();
        clocks.pass(5);
        // The computer’s monotonic clock stands still meanwhile, the device’s does not.
        clocks.stepDevice(asleep * 1e6);
        clocks.pass(30);
        expect(clocks.faults).toMatchObject([{ fault: { code: 'clock-step', value: asleep * 1000 } }]);
        expect(clocks.faults[0]!.seconds).toBeLessThanOrEqual(6.04);
      }
    });

    it('H47: finds a clock that was set back within two seconds', () => {
      const clocks = setUp();
      clocks.pass(5);
      clocks.stepDevice(-100_000);
      clocks.pass(30);
      expect(clocks.faults).toMatchObject([{ fault: { code: 'clock-step', value: 100 } }]);
      expect(clocks.faults[0]!.seconds).toBeLessThanOrEqual(7.04);
    });

    it('H47: finds each of several steps', () => {
      const clocks = setUp();
      for (let step = 0; step < 5; step++) {
        clocks.pass(5);
        clocks.stepDevice(8000);
      }
      clocks.pass(5);
      expect(clocks.codes()).toEqual(Array.from({ length: 5 }, () => 'clock-step'));
    });

    it.each([
      [10_000, undefined],
      [10_001, 10.001],
    ])('allows for the drift of a longer silence: %d µs after ten seconds', (microseconds, value) => {
      const watch = new ClockWatch(limits);
      const note = (hostSeconds: number, aheadMicroseconds: number) =>
        watch.note(hostSeconds * 1e6 + aheadMicroseconds, hostSeconds * 1e9);
      // Windows end at 1 s, at 2 s, which is found at 11 s, and at 12 s.
      expect([note(0, 0), note(1, 0), note(11, microseconds)]).toEqual([undefined, undefined, undefined]);
      expect(note(12, microseconds)?.value).toBe(value);
    });

    it('leaves a step that is allowed to the watch over the drift', () => {
      const clocks = setUp();
      clocks.pass(5);
      clocks.stepDevice(5000);
      clocks.pass(30);
      expect(clocks.codes()).toEqual(['clock-drift']);
    });
  });

  describe('of a drift', () => {
    it.each([
      [499, false],
      [500, false],
      [501, true],
      [-499, false],
      [-500, false],
      [-501, true],
      [5000, true],
    ])('H50: judges one of %d ppm', (partsPerMillion, isFault) => {
      const clocks = setUp();
      clocks.pass(12, partsPerMillion);
      if (!isFault) expect(clocks.faults).toEqual([]);
      else {
        const message = `The stimulator’s clock drifts by ${partsPerMillion} ppm against this computer’s.`;
        const value = expect.closeTo(Math.abs(partsPerMillion), 3) as number;
        const fault = { code: 'clock-drift', message, value, bound: 500, unit: 'ppm' };
        expect(clocks.faults.map((found) => found.fault)).toEqual([fault]);
      }
    });

    it('H50: judges over ten windows, and no sooner', () => {
      const clocks = setUp();
      clocks.pass(10, 800);
      expect(clocks.faults).toEqual([]);
      clocks.pass(0.02, 800);
      expect(clocks.codes()).toEqual(['clock-drift']);
    });

    it('H50: begins anew after a fault, and finds a drift that goes on again', () => {
      const clocks = setUp();
      clocks.pass(31, 800);
      expect(clocks.codes()).toEqual(['clock-drift', 'clock-drift', 'clock-drift']);
    });

    it('H50: finds one that begins after an hour of clocks that go alike, within half a minute', () => {
      const clocks = setUp();
      clocks.pass(3600);
      clocks.pass(30, 600);
      expect(clocks.codes()).toEqual(['clock-drift']);
    });

    it('forgets what is more than thirty seconds old: a clock that once ran fast is none that drifts', () => {
      const clocks = setUp();
      clocks.pass(60, 499);
      clocks.pass(600, -499);
      expect(clocks.faults).toEqual([]);
    });
  });

  it('H50: takes a time that is no number for a step', () => {
    for (const [device, received] of [
      [Number.NaN, 0],
      [0, Number.NaN],
      [Infinity, 0],
    ] as const) {
      const early = new ClockWatch(limits);
      const faults = [early.note(device, received)];
      for (let second = 1; second < 4; second++) faults.push(early.note(second * 1e6, second * 1e9));
      expect(faults.some((fault) => fault?.code === 'clock-step')).toBe(true);
      const clocks = setUp();
      clocks.pass(5);
      clocks.watch.note(device === 0 ? 82_000_000 : device, received === 0 ? 3_605_000_000_000 : received);
      clocks.pass(3);
      expect(clocks.codes()).toContain('clock-step');
    }
  });

  it('takes a limit that is no number for one that nothing keeps', () => {
    for (const change of [{ clockStepMaxMicroseconds: Number.NaN }, { clockDriftMaxPartsPerMillion: Number.NaN }]) {
      const watch = new ClockWatch({ ...limits, ...change });
      const faults = [];
      for (let second = 0; second < 4; second++) faults.push(watch.note(second * 1e6, second * 1e9)?.code);
      expect(faults).toContain('clock-step');
    }
  });
});

describe('ClockWatch.fit', () => {
  it('tells offset, drift and the largest distance from the line, and nothing before five whole seconds', () => {
    const clocks = setUp();
    clocks.pass(4.5);
    expect(clocks.watch.fit).toBeUndefined();
    clocks.pass(24);
    const { offsetMicroseconds, driftPartsPerMillion, residualMicroseconds } = clocks.watch.fit!;
    expect(offsetMicroseconds).toBeCloseTo(77_000_000 - 3_600_000_000, 0);
    expect(driftPartsPerMillion).toBeCloseTo(0, 3);
    expect(residualMicroseconds).toBeCloseTo(0, 1);
  });

  it('finds a drift to a part in a million, however late most messages are', () => {
    const clocks = setUp();
    clocks.pass(40, 100, (status) => (status % 10 === 3 ? 0 : 4000));
    expect(clocks.faults).toEqual([]);
    expect(clocks.watch.fit!.driftPartsPerMillion).toBeCloseTo(100, 0);
    expect(clocks.watch.fit!.residualMicroseconds).toBeLessThan(20);
  });

  it('shows a second in which every message was late as a distance from the line', () => {
    const clocks = setUp();
    clocks.pass(20);
    clocks.pass(2, 0, () => 3000);
    clocks.pass(3);
    const { residualMicroseconds } = clocks.watch.fit!;
    expect(residualMicroseconds).toBeGreaterThan(2000);
    expect(residualMicroseconds).toBeLessThan(3200);
  });

  it('begins anew after a step', () => {
    const clocks = setUp();
    clocks.pass(20);
    clocks.stepDevice(60_000);
    clocks.pass(3);
    expect(clocks.codes()).toEqual(['clock-step']);
    expect(clocks.watch.fit).toBeUndefined();
  });
});
