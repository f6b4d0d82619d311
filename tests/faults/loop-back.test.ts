// The loop-back test on the real rig and the emulated device, in virtual time: nothing reaches an electrode, and every stop ends it.
import { expect, it } from 'vitest';
import type { LoopBackResult } from '../../common/contract/loop-back.ts';
import { testLoopBack } from '../../main/rig/loop-back-test.ts';
import { World } from './simulated-world.ts';

/** A connected rig on which the test has been begun. */
async function begin(pulses: number) {
  const world = new World(11);
  const { rig, rigThread } = await world.start();
  await world.pass(20);
  world.watch.noteArmRequest();
  let result: LoopBackResult | undefined | null = null;
  const context = { time: rigThread, random: () => world.dice.uniform() };
  void testLoopBack(rig, context, { electrode: 1, pulses }, 'test').then((answer) => (result = answer));
  return { world, rig, result: () => result };
}

it('S24: measures every pulse with the relay open, across several leases, and ends safe with the output confirmed off', async () => {
  const { world, rig, result } = await begin(60);
  await world.pass(100);
  expect(rig.chain.interlock.state).toBe('check');
  expect(rig.output.status).toMatchObject({ isOutputOn: true, isDry: true });
  await world.pass(2000);
  const { sent, milliseconds, unanswered, refused, endedEarly } = result()!;
  expect({ sent, unanswered, refused, endedEarly }).toEqual({
    sent: 60,
    unanswered: 0,
    refused: {},
    endedEarly: undefined,
  });
  expect(milliseconds).toHaveLength(60);
  for (const value of milliseconds) expect(value).toBeGreaterThan(0);
  expect(rig.chain.interlock.state).toBe('safe');
  expect(rig.output.status.isOutputOn).toBe(false);
  expect(rig.output.status.burnedSession).toBe(rig.output.status.session);
  expect(rig.onTestAcknowledgement).toBeUndefined();
  expect(world.faults).toEqual([]);
  expect(world.watch.verdict.pulses).toBe(0);
  world.dispose();
});

it('S15: a stop ends it at once, with the output confirmed off', async () => {
  const { world, rig, result } = await begin(400);
  await world.pass(300);
  rig.apply({ kind: 'stop' });
  await world.pass(300);
  expect(result()).toMatchObject({ endedEarly: expect.stringMatching(/^it was stopped/) as unknown });
  expect(result()!.sent).toBeLessThan(100);
  expect(rig.chain.interlock.state).toBe('safe');
  expect(rig.output.status.isOutputOn).toBe(false);
  world.dispose();
});

it('a fault ends it, and stays a trip', async () => {
  const { world, rig, result } = await begin(400);
  await world.pass(300);
  rig.raise({ code: 'simulation-fault', message: 'of the test' });
  await world.pass(500);
  expect(result()?.endedEarly).toMatch(/it was stopped/);
  expect(rig.chain.interlock.state).toBe('tripped');
  expect(rig.output.status.isOutputOn).toBe(false);
  world.dispose();
});

it('what is armed meanwhile is not touched by it', async () => {
  const { world, rig, result } = await begin(400);
  await world.pass(300);
  rig.apply({ kind: 'arm-cancelled' });
  rig.apply({ kind: 'arm-requested', limitsHash: rig.limits.hash });
  const take = () => {};
  rig.onTestAcknowledgement = take;
  await world.pass(200);
  expect(result()?.endedEarly).toBeDefined();
  expect(rig.chain.interlock.state).toBe('check');
  expect(rig.onTestAcknowledgement).toBe(take);
  world.dispose();
});

it('nothing is sent unless the rig is safe', async () => {
  const world = new World(11);
  const { rig, rigThread } = await world.start();
  await world.pass(20);
  rig.raise({ code: 'simulation-fault', message: 'of the test' });
  await world.pass(20);
  const context = { time: rigThread, random: () => world.dice.uniform() };
  expect(await testLoopBack(rig, context, { electrode: 1, pulses: 10 }, 'test')).toBeUndefined();
  expect(rig.output.status.isOutputOn).toBe(false);
  world.dispose();
});
