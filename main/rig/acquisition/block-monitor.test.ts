import { describe, expect, it } from 'vitest';
import { BlockMonitor } from './block-monitor.ts';

const block = (firstSample: number, value = 0) => ({
  firstSample,
  sampleCount: 30,
  channels: 2,
  samples: new Int16Array(60).fill(value),
});

describe('BlockMonitor', () => {
  it('reports each gap once, with its place and length, and counts lost samples', () => {
    const monitor = new BlockMonitor(30_000, 10);
    expect(monitor.check(block(500))).toBeUndefined();
    expect(monitor.check(block(530))).toBeUndefined();
    expect(monitor.check(block(620))).toEqual({ firstLostSample: 560, lostSamples: 60 });
    expect(monitor.check(block(650))).toBeUndefined();
    expect([monitor.samplesLost, monitor.gaps]).toEqual([60, 1]);
  });

  it('S22: calls a gap a fault only beyond the limit of the profile', () => {
    const monitor = new BlockMonitor(30_000, 10);
    expect(monitor.gapFault({ firstLostSample: 0, lostSamples: 300 })).toBeUndefined();
    expect(monitor.gapFault({ firstLostSample: 7, lostSamples: 301 })).toMatchObject({
      code: 'samples-lost',
      bound: 10,
      unit: 'ms',
    });
  });

  it('sees an acquisition that repeats its values, once, and none in a signal that moves', () => {
    const frozen = new BlockMonitor(30_000, 10);
    const faults = Array.from({ length: 40 }, (_, index) => frozen.checkFrozen(block(index * 30, 7))).filter(
      (fault) => fault !== undefined,
    );
    expect(faults.map(({ code }) => code)).toEqual(['source-frozen']);
    const moving = new BlockMonitor(30_000, 10);
    for (let index = 0; index < 40; index++) expect(moving.checkFrozen(block(index * 30, index))).toBeUndefined();
  });
});
