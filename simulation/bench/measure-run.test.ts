import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { MeasuredSimulation, SimulationRunRequest } from '../../common/bench/simulation-run.ts';
import { loadNative } from '../../native/load-native.ts';
import { configurationOf } from '../example-configuration.ts';
import { measureRun } from './measure-run.ts';

const loaded = loadNative({ applicationRoot: fileURLToPath(new URL('../..', import.meta.url)) });
const configuration = configurationOf({
  populations: [{ name: 'all', neurons: 100, model: 'lif', biasMillivolts: 22, noiseMillivolts: 3 }],
  projections: [
    {
      name: 'recurrent',
      from: 'all',
      to: 'all',
      connections: { kind: 'in-degree', synapses: 10 },
      weightMillivolts: 0.5,
      plasticity: { rule: 'pair-stdp', maximumWeightMillivolts: 1 },
    },
  ],
});
const request: SimulationRunRequest = {
  configuration,
  backend: 'typescript',
  threads: 1,
  warmUpTicks: 20,
  ticks: 100,
  runs: 3,
  doesHash: true,
};

async function measured(changes: Partial<SimulationRunRequest> = {}): Promise<MeasuredSimulation> {
  const answer = await measureRun({ ...request, ...changes }, loaded);
  if (answer.kind === 'unavailable') throw new Error(answer.reason);
  return answer;
}

describe('measureRun', () => {
  it('measures every run and counts what fired in all of them', async () => {
    const answer = await measured();
    expect(answer).toMatchObject({ neurons: 100, synapses: 1000, steps: 2 * 320 });
    expect(answer.runs).toHaveLength(3);
    for (const { seconds, p50Milliseconds, p999Milliseconds, maxMilliseconds } of answer.runs) {
      expect(seconds).toBeGreaterThan(0);
      expect(p999Milliseconds).toBeGreaterThanOrEqual(p50Milliseconds);
      expect(maxMilliseconds).toBeGreaterThanOrEqual(p999Milliseconds);
    }
    expect(answer.populations[0]!.rateHz).toBeCloseTo(answer.spikes / 100 / 0.3, 9);
    expect(answer.spikes).toBeGreaterThan(100);
    expect(answer.peakResidentGigabytes).toBeGreaterThan(0.01);
  });

  it('hashes spikes and weights: the same run gives the same, another seed another', async () => {
    const { hash } = await measured();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await measured()).hash).toBe(hash);
    expect((await measured({ configuration: { ...configuration, seed: 2 } })).hash).not.toBe(hash);
    expect(await measured({ doesHash: false })).not.toHaveProperty('hash');
  });

  it.runIf(loaded.native)(
    `gives the same hash on the native back end${loaded.native ? '' : ` (skipped: ${loaded.reason})`}`,
    async () => expect((await measured({ backend: 'native', threads: 2 })).hash).toBe((await measured()).hash),
  );

  it('says why there is no measurement', async () => {
    const without = { native: undefined, reason: 'it was not built' };
    expect(await measureRun({ ...request, backend: 'native' }, without)).toEqual({
      kind: 'unavailable',
      reason: 'there is no native back end: it was not built',
    });
    expect(await measureRun(request, loaded, 1000)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('this computer has 0.00 GB free'),
    });
  });
});
