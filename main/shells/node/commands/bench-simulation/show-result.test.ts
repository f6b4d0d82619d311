import { expect, it } from 'vitest';
import type { SimulationBenchResult } from './result.ts';
import { describeMachine } from './machine.ts';
import { resultLines } from './show-result.ts';

it('shows what was measured and why the rest was not', () => {
  const result: SimulationBenchResult = {
    machine: { ...describeMachine(), instructionSet: 'x86-64-v3 (AVX2)', brian2: '2.9.0' },
    cuba: {
      neurons: 4000,
      biologicalSeconds: 5,
      runs: 3,
      secondsPerBiologicalSecond: { native: 0.02, brian2Cpp: 0.05 },
      ratesHz: { native: 5.25, brian2Cpp: 5.75 },
      synapses: { native: 319_867, brian2Cpp: 319_289 },
      speedupVsBrian2: 2.5,
    },
    parity: [
      {
        network: 'cuba',
        backEnds: ['typescript', 'native'],
        isEqual: false,
        steps: 10,
        spikes: 3,
        hash: 'f'.repeat(64),
      },
    ],
    skipped: [{ what: 'cuba.brian2Cython', reason: 'there is no Python' }],
  };
  const lines = resultLines(result);
  expect(lines).toContain('native, 1 thread              0.0200        5.25      319867');
  expect(lines).toContain('native against C++ standalone: 2.50 times as fast');
  expect(lines.find((line) => line.startsWith('Brian2, Cython'))).toBeUndefined();
  expect(lines.find((line) => line.startsWith('cuba '))).toContain('DIFFERENT');
  expect(lines.at(-1)).toBe('skipped: cuba.brian2Cython: there is no Python');
});
