import { expect, it } from 'vitest';
import { describeMachine } from '../bench-simulation/machine.ts';
import { sizes } from './measure-rule.ts';
import type { RulesBenchResult } from './result.ts';
import { rulesLines } from './show-result.ts';

const report = { nsPerArrival: 1, nsPerFiring: null, nsPerEvent: 1, timesStatic: 3.25, inCache: null };

it('shows what was measured, marks what misses its target, and says why the rest was not measured', () => {
  const result: RulesBenchResult = {
    machine: { ...describeMachine(), snnTorch: null },
    sizes,
    rules: [
      { ...report, name: 'pair-stdp', kind: 'events', nsPerSynapseStep: null, timesBandwidth: null },
      { ...report, name: 'btsp', kind: 'steps', timesStatic: 0.9, nsPerSynapseStep: 0.5, timesBandwidth: 1.25 },
    ],
    static: { nsPerEvent: 0.95, inCacheNsPerEvent: null },
    bandwidthGBps: 36,
    brian2: {
      pairStdp: {
        neurons: 4000,
        runs: 3,
        secondsPerBiologicalSecond: { native: 0.1, brian2: 1 },
        speedup: 10,
        ratesHz: { native: 4, brian2: 4 },
        synapses: { native: 4_000_000, brian2: 3_999_000 },
      },
    },
    snnTorch: {
      threads: 1,
      differences: ['one has no refractory time'],
      batch: 64,
      iterations: 3,
      bpttSeconds: 1,
      ePropSeconds: 0.5,
      snnTorchBpttSeconds: 2,
      ratesHz: { bptt: 8, ePropSymmetric: 9, snnTorch: 10 },
      bpttSpeedup: 2,
      ePropSpeedup: 4,
    },
    skipped: [{ what: 'brian2', reason: 'there is no Python' }],
  };
  const lines = rulesLines(result);
  expect(lines.find((line) => line.startsWith('pair-stdp'))).toContain('3.25 !');
  expect(lines.find((line) => line.startsWith('btsp'))).not.toContain('!');
  expect(lines.find((line) => line.startsWith('pair STDP'))).toContain('10.00 times as fast');
  expect(lines.find((line) => line.startsWith('iteration of 64'))).toContain(
    '2.00 and 4.00 times as fast; 1 thread each',
  );
  expect(lines.find((line) => line.includes('8.0, 9.0 and 10.0 Hz'))).toContain('no refractory time');
  expect(lines.at(-1)).toBe('skipped: brian2: there is no Python');
});
