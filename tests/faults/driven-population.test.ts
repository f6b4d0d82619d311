// A drive does not outlive what it was begun in: whatever turns the output off or on ends it.
import { describe, expect, it } from 'vitest';
import { Defect } from '../../common/base/assert.ts';
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import type { RunningProgram } from './running-program.ts';
import type { World } from './simulated-world.ts';
import { armBy, stimulatingWorld } from './stimulating-world.ts';

const control = { kind: 'drive', population: 0, strength: 5, unit: 'mV', milliseconds: 60_000 } as const;

async function drive(world: World, { rig, simulator }: RunningProgram): Promise<void> {
  let problem: string | undefined;
  void rig.drives.begin(control, 'The operator').then((answer) => (problem = answer));
  await world.pass(20);
  if (problem !== '' || simulator.drives.length !== 1) throw new Defect(`nothing is driven: ${String(problem)}`);
}

async function drivenWorld() {
  const { world, program } = await stimulatingWorld();
  await drive(world, program);
  return { world, program, ...program };
}

/** What is done, and the state that it leads to. */
const ends: readonly (readonly [string, (program: RunningProgram) => unknown, InterlockState])[] = [
  ['STOP', ({ rig }) => rig.apply({ kind: 'stop' }), 'safe'],
  ['a trip', ({ rig }) => rig.raise({ code: 'over-temperature', message: 'It has 50 °C.' }), 'tripped'],
  ['the end of the recording', ({ rig }) => rig.endRun('completed'), 'safe'],
];

describe('a drive', () => {
  it('asks for what it asks for through the interlock, and the rig goes on stimulating', async () => {
    const { world, rig } = await drivenWorld();
    await world.pass(200);
    expect(rig.chain.interlock.state).toBe('stimulating');
    expect(rig.drives.status).toMatchObject([{ population: 0, strength: 5, unit: 'mV' }]);
    expect(world.watch.verdict).toMatchObject({ silentEnables: 0 });
  });

  it.each(ends)('ends within 50 ms of %s', async (_, act, state) => {
    const { world, program, rig, simulator } = await drivenWorld();
    void act(program);
    await world.pass(50);
    expect(simulator.drives).toEqual([]);
    expect(rig.drives.status).toEqual([]);
    await world.pass(500);
    expect(rig.chain.interlock.state).toBe(state);
  });

  it('of a rehearsal ends when STOP is pressed although nothing is armed', async () => {
    const { world, program, rig, simulator } = await drivenWorld();
    rig.apply({ kind: 'stop' });
    await world.pass(500);
    await drive(world, program);
    rig.apply({ kind: 'stop' });
    await world.pass(50);
    expect(simulator.drives).toEqual([]);
  });

  it('has ended before the rig is armed again', async () => {
    const { world, program, rig, simulator } = await drivenWorld();
    rig.apply({ kind: 'stop' });
    await world.pass(500);
    await drive(world, program);
    await armBy(world, program);
    expect(simulator.drives).toEqual([]);
    expect(rig.chain.interlock.state).toBe('stimulating');
  });

  it('that cannot be ended keeps the rig from being armed', async () => {
    const { world, program, rig, simulator } = await drivenWorld();
    rig.apply({ kind: 'stop' });
    await world.pass(500);
    await drive(world, program);
    simulator.control = () => Promise.reject(new Error('the connection to the simulation has ended'));
    await expect(armBy(world, program)).rejects.toThrow(
      'not armed: a population is driven: the connection to the simulation has ended',
    );
    expect(['armed', 'stimulating']).not.toContain(rig.chain.interlock.state);
  });
});
