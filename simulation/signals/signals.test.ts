import { describe, expect, it } from 'vitest';
import type { SignalSource, SignalTarget } from '../../common/experiment/network/signal.ts';
import { configurationOf } from '../example-configuration.ts';
import { compileNetwork } from '../network/compile-network.ts';
import { Baseline } from './baseline.ts';
import { decoderSignal } from './decoder.ts';
import { activitySignal, burstSignal, noveltySignal } from './activity.ts';
import type { RunningSignal } from './signal.ts';

const network = compileNetwork(configurationOf({}));
const electrodes: SignalSource = { kind: 'electrodes', electrodes: [2, 5] };
const quiet = { baselineMilliseconds: 0 };

/** Value of a signal in each tick; in tick t the electrodes of `spikes[t]` spike. */
function valuesOver(signal: RunningSignal, spikes: readonly number[][]): number[] {
  return spikes.map((channels, tick) => {
    signal.advance({ channels: Uint16Array.from(channels), count: channels.length, fired: new Uint32Array(0) }, tick);
    return signal.values[0]!;
  });
}

const steady = (channels: number[], ticks: number) => Array.from({ length: ticks }, () => channels);

describe('the activity of units', () => {
  const signal = () =>
    activitySignal(
      { name: 'a', kind: 'activity', source: electrodes, timeConstantMilliseconds: 20, ...quiet },
      network,
      1,
    );

  it('reads a steady rate as itself, mean over the units', () => {
    const values = valuesOver(signal(), steady([2], 1000));
    expect(values.at(-1)).toBeCloseTo(500, 6);
  });

  it('reads nothing of other electrodes', () => {
    expect(valuesOver(signal(), steady([0, 1, 3], 50)).every((value) => value === 0)).toBe(true);
  });

  it('decays with its time constant', () => {
    const values = valuesOver(signal(), [[2], ...steady([], 20)]);
    expect(values[20]! / values[0]!).toBeCloseTo(Math.exp(-1), 6);
  });
});

describe('a running mean', () => {
  it('takes a steady signal away and leaves what is new', () => {
    const baseline = new Baseline(100, 1);
    for (let tick = 0; tick < 2000; tick++) baseline.above(5);
    expect(baseline.above(5)).toBeCloseTo(0, 6);
    expect(baseline.above(8)).toBeCloseTo(3, 6);
  });

  it('is not there when its time constant is 0', () => {
    const baseline = new Baseline(0, 1);
    baseline.above(5);
    expect(baseline.above(5)).toBe(5);
  });
});

describe('the rate of bursts', () => {
  const signal = () =>
    burstSignal(
      {
        name: 'b',
        kind: 'burst-rate',
        source: electrodes,
        spikes: 3,
        withinMilliseconds: 10,
        timeConstantMilliseconds: 100,
        ...quiet,
      },
      network,
      1,
    );

  it('counts a burst when its last spike comes in time, and no spike twice', () => {
    const values = valuesOver(signal(), [[2], [], [2], [], [2], [2], [2], ...steady([], 3)]);
    expect(values.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(values[4]).toBeGreaterThan(0);
    // Two more spikes are not a second burst.
    expect(values[6]).toBeLessThan(values[4]!);
  });

  it('counts no spikes that are too far apart', () => {
    const far = [[2], ...steady([], 5), [2], ...steady([], 5), [2], ...steady([], 5)];
    expect(valuesOver(signal(), far).every((value) => value === 0)).toBe(true);
  });
});

describe('novelty', () => {
  it('grows when other units fire than before, at the same mean rate', () => {
    const signal = noveltySignal(
      {
        name: 'n',
        kind: 'novelty',
        source: electrodes,
        timeConstantMilliseconds: 20,
        memoryMilliseconds: 2000,
        ...quiet,
      },
      network,
      1,
    );
    const known = valuesOver(signal, steady([2], 20_000)).at(-1)!;
    const changed = valuesOver(signal, steady([5], 100)).at(-1)!;
    expect(known).toBeLessThan(1);
    expect(changed).toBeGreaterThan(100);
  });
});

describe("a decoder's error", () => {
  it('is what its weights read from the rates, minus the target', () => {
    const signal = decoderSignal(
      {
        name: 'd',
        kind: 'decoder-error',
        source: electrodes,
        timeConstantMilliseconds: 20,
        perHertz: 0,
        weights: [[0.01, 0.02]],
        target: { kind: 'constant', values: [3] },
      },
      0,
      network,
      1,
    );
    expect(valuesOver(signal, steady([2, 5], 2000)).at(-1)).toBeCloseTo(0.01 * 1000 + 0.02 * 1000 - 3, 5);
  });

  it('follows targets that come in turn', () => {
    const target: SignalTarget = { kind: 'in-turn', seconds: 0.01, values: [[1], [2]] };
    const signal = decoderSignal(
      {
        name: 'd',
        kind: 'decoder-error',
        source: electrodes,
        timeConstantMilliseconds: 20,
        perHertz: 0,
        target,
      },
      0,
      network,
      1,
    );
    const values = valuesOver(signal, steady([], 30));
    expect([values[0], values[9], values[10], values[20]]).toEqual([-1, -1, -2, -1]);
  });
});
