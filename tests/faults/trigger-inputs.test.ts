// Presses of trigger inputs beside a whole rig: they are marks, and neither arm, stimulate, stop nor show that somebody is there.
import { describe, expect, it, vi } from 'vitest';
import { controlWord, stopInputState } from '../../common/base/control-block.ts';
import { recordType } from '../../common/journal/records.ts';
import type { RunningProgram } from './running-program.ts';
import { simulatedOpening, World } from './simulated-world.ts';
import { stimulatingWorld } from './stimulating-world.ts';

const trigger = { name: 'Light on', control: 'left pedal', device: 'FootSwitch' };

/** All that a press could move. */
function movable(world: World, { rig, control }: RunningProgram) {
  return {
    state: rig.chain.interlock.state,
    presentNs: rig.operator.presentNs,
    heldNs: rig.operator.heldNs,
    faults: world.faults.length,
    words: (['isLeaseWanted', 'stopRequests', 'interlockState', 'presence', 'emergencyStops'] as const).map((word) =>
      Atomics.load(control, controlWord[word]),
    ),
  };
}

describe('a press of a trigger input', () => {
  it('while the rig is safe is a mark at its sample, and arms and stimulates nothing', async () => {
    const world = new World(7);
    const program = await world.start();
    const { rig } = program;
    await world.pass(20);
    void rig.startRun('/simulated', undefined, simulatedOpening(rig));
    await world.pass(60);
    const json = vi.spyOn(rig.journal, 'json');
    const before = movable(world, program);
    const pressedNs = world.clock.nowNs() - 10e6;
    for (let press = 0; press < 5; press++) rig.takeTrigger({ trigger, pressedNs: [pressedNs], unmarked: 0 });
    await world.pass(60);
    expect(movable(world, program)).toEqual(before);
    expect([before.state, world.watch.verdict.pulses, rig.chain.counters.permits]).toEqual(['safe', 0, 0]);
    expect(json).toHaveBeenCalledTimes(5);
    const sampleIndex = rig.run?.sampleAt(pressedNs);
    expect(json).toHaveBeenCalledWith(recordType.mark, {
      text: 'Light on (left pedal)',
      sampleIndex,
      trigger: { ...trigger, pressedNs },
    });
    const { firstSample = NaN, lastSample = NaN } = rig.run ?? {};
    expect(sampleIndex).toBeGreaterThan(firstSample);
    // Pressed 10 ms before it was told, and 70 ms before now.
    const behind = (lastSample - (sampleIndex ?? NaN)) / rig.connections.reader.identity.sampleRateHz;
    expect(behind).toBeGreaterThan(0.065);
    expect(behind).toBeLessThan(0.08);
    world.dispose();
  });

  it('while the rig stimulates is no sign of the operator, and an input that is missing trips nothing', async () => {
    const { world, program } = await stimulatingWorld();
    const before = movable(world, program);
    program.rig.takeTrigger({ trigger, pressedNs: [world.clock.nowNs()], unmarked: 0 });
    Atomics.store(program.control, controlWord.triggerInputState, stopInputState.missing);
    await world.pass(60);
    expect(movable(world, program)).toEqual(before);
    expect(before.state).toBe('stimulating');
    world.dispose();
  });

  it('at the very end of a recording is in it', async () => {
    const world = new World(7);
    const { rig } = await world.start();
    await world.pass(20);
    void rig.startRun('/simulated', undefined, simulatedOpening(rig));
    await world.pass(60);
    const json = vi.spyOn(rig.journal, 'json');
    // The journal is closed before the sample of this moment comes.
    rig.takeTrigger({ trigger, pressedNs: [world.clock.nowNs()], unmarked: 0 });
    expect(json).not.toHaveBeenCalled();
    const ending = rig.endRun('stopped by the operator');
    expect(json.mock.calls.map(([type]) => type)).toContain(recordType.mark);
    await world.pass(2000);
    await ending;
    world.dispose();
  });
});
