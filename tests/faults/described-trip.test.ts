// What a page is told of the interlock, before and after a trip.
import { describe, expect, it } from 'vitest';
import { controlWord, stopInputState } from '../../common/base/control-block.ts';
import { virtualFaultSchema } from '../../common/device-protocol/virtual-fault.ts';
import type { RecorderLine } from '../../main/rig/recording/recorder-line.ts';
import { describeRig } from '../../main/rig/describe-rig.ts';
import type { RunningProgram } from './running-program.ts';
import type { World } from './simulated-world.ts';
import { stimulatingWorld } from './stimulating-world.ts';

function interlockOf(world: World, program: RunningProgram, rig: RunningProgram['rig'] | undefined = program.rig) {
  return describeRig(rig, {
    stage: 'recording',
    nowNs: world.clock.nowNs(),
    kernels: { kernel: 'typescript' },
    recorder: { writtenBytes: 0 } as RecorderLine,
    lastFolder: undefined,
    control: program.control,
    carried: rig === undefined ? program.rig.carriedCause : undefined,
  }).interlock;
}

describe('describeRig', () => {
  it('says for what the limits are compiled, and with which code each of them refuses', async () => {
    const { world, program } = await stimulatingWorld();
    const { preparation, limitUse, reaction, state } = interlockOf(world, program);
    expect([preparation, state, reaction]).toEqual(['bench', 'stimulating', undefined]);
    const codes = limitUse.map(({ code }) => code);
    for (const code of ['amplitude', 'charge-per-phase', 'electrode-rate', 'total-rate']) expect(codes).toContain(code);
    world.dispose();
  });

  it('says how the rig came to rest once the bound has passed, and not of a cause that was there before', async () => {
    const { world, program } = await stimulatingWorld();
    world.device.injectFault(virtualFaultSchema.parse({ fault: 'over-temperature', decidegrees: 700 }));
    world.work();
    await world.pass(60);
    expect(interlockOf(world, program)).toMatchObject({ state: 'tripped', firstCause: { code: 'over-temperature' } });
    const { leaseMilliseconds } = program.rig.limits.inForce.timing;
    await world.pass(leaseMilliseconds + 50);
    const { reaction } = interlockOf(world, program);
    expect(reaction?.boundMilliseconds).toBe(leaseMilliseconds);
    expect(reaction?.confirmedAfterMilliseconds).toBeGreaterThan(0);
    expect(reaction?.confirmedAfterMilliseconds).toBeLessThan(leaseMilliseconds);
    expect(reaction?.lastPulseAfterMilliseconds ?? 0).toBeLessThan(leaseMilliseconds);
    world.kill();
    await world.pass(50);
    const next = await world.start();
    await world.pass(leaseMilliseconds + 100);
    expect(interlockOf(world, next)).toMatchObject({ state: 'tripped', firstCause: { code: 'over-temperature' } });
    expect(interlockOf(world, next).reaction).toBeUndefined();
    world.dispose();
  });

  it('S30: says without a connection whether the stop inputs are there, and what is latched', async () => {
    const { world, program } = await stimulatingWorld();
    Atomics.store(program.control, controlWord.stopInputState, stopInputState.missing);
    program.rig.raise({ code: 'emergency-stop', message: 'A stop pedal or key was pressed.' });
    await world.pass(50);
    expect(interlockOf(world, program, undefined)).toMatchObject({ stopInputs: 'missing', state: 'tripped' });
    world.dispose();
  });
});
