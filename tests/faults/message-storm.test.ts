import { expect, it } from 'vitest';
import { stimulatingWorld } from './stimulating-world.ts';

it('H81: a condition of the device is latched once, however much was said before: each stop is answered by a status', async () => {
  const { world, program } = await stimulatingWorld();
  program.simulator.faults.hasNonFiniteWeights = true;
  await world.pass(300);
  world.device.injectFault({ fault: 'emergency-stop', isPressed: true });
  await world.pass(300);
  const { firstCause, furtherCauses } = program.rig.chain.interlock.record;
  expect([firstCause?.code, ...furtherCauses.map(({ code }) => code)]).toEqual(['not-finite', 'emergency-stop']);
  expect(world.faults.map(({ code }) => code)).toEqual(['not-finite', 'emergency-stop']);
  world.dispose();
});

it('H18: a line that damages every message is one cause', async () => {
  const { world, program } = await stimulatingWorld();
  world.cables.control.toCorrupt = Infinity;
  await world.pass(300);
  const { firstCause, furtherCauses } = program.rig.chain.interlock.record;
  const codes = [firstCause?.code, ...furtherCauses.map(({ code }) => code)];
  expect(codes).toContain('bad-frames');
  // Every pulse that is not acknowledged is told of; as a cause they count once, too.
  const ofTheLine = (all: readonly (string | undefined)[]) => all.filter((code) => code !== 'no-acknowledgement');
  expect(ofTheLine(world.faults.map(({ code }) => code))).toEqual(ofTheLine(codes));
  expect(new Set(codes).size).toBe(codes.length);
  world.dispose();
});
