import { expect, it } from 'vitest';
import { armBy, stimulatingWorld } from './stimulating-world.ts';

it('S24: a stop within a recording stays; both controls of arming stimulate again in the same recording', async () => {
  const { world, program } = await stimulatingWorld();
  const { rig } = program;
  const { run } = rig;
  rig.apply({ kind: 'stop' });
  await world.pass(500);
  expect(rig.chain.interlock.state).toBe('safe');
  const { pulses } = world.watch.verdict;
  await world.pass(500);
  expect(world.watch.verdict.pulses).toBe(pulses);

  await armBy(world, program);
  expect(rig.chain.interlock.state).toBe('stimulating');
  await world.pass(60);
  expect(world.watch.verdict.pulses).toBeGreaterThan(pulses);
  expect(rig.run).toBe(run);
  expect(world.faults).toEqual([]);
  expect(world.watch.verdict).toMatchObject({ silentEnables: 0 });
});
