import { expect, it } from 'vitest';
import { nodePlatform } from '../../node-platform.ts';
import { Skipped } from './bench-context.ts';
import { describeMachine } from './machine.ts';
import { measureMicrocircuit } from './measure-microcircuit.ts';

it('refuses to begin with too little memory, and says how much there is', async () => {
  const context = {
    platform: nodePlatform('nowhere', 'nowhere', 'nowhere'),
    machine: describeMachine(),
    repeats: 1,
    seconds: 1,
    isOnlyPart: true,
    note: () => {},
    skip: () => {},
  };
  const refusal = measureMicrocircuit(context, 3.25e9);
  await expect(refusal).rejects.toThrow(Skipped);
  await expect(refusal).rejects.toThrow('it needs 6.0 GB of memory, and 3.3 GB are free');
});
