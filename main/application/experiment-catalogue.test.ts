import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listExperiments } from './experiment-catalogue.ts';

const experiments = join(import.meta.dirname, '../../experiments');

describe('listExperiments', () => {
  it('lists the experiments that are shipped, all valid, and passes over folders without one', async () => {
    const entries = await listExperiments(experiments, experiments);
    expect(entries.map(({ name }) => name)).toEqual([
      'closed-loop-replay',
      'closed-loop-virtual',
      'hid-rig',
      'intan-rhx',
      'open-ephys',
      'reward-learning-virtual',
      'rhs-prepared-stimuli',
      'rhx-and-hid-rig',
      'rhx-and-stimjim',
    ]);
    expect(entries.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('finds nothing in a folder that is not there', async () => {
    expect(await listExperiments(join(experiments, 'nowhere'), experiments)).toEqual([]);
  });
});
