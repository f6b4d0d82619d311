// A simulated laboratory whose program is armed and stimulates: where most tests of a hazard begin.
import { Defect } from '../../common/base/assert.ts';
import type { RunningProgram } from './running-program.ts';
import { simulatedOpening, World } from './simulated-world.ts';

/** A program that stimulates. */
export async function stimulatingWorld(): Promise<{ world: World; program: RunningProgram }> {
  const world = new World(7);
  const program = await world.start();
  await world.pass(20);
  await armBy(world, program);
  void program.rig.startRun('/simulated', undefined, simulatedOpening(program.rig));
  await world.pass(60);
  if (world.watch.verdict.pulses === 0) throw new Defect('the simulated rig does not stimulate');
  return { world, program };
}

/** Both controls of arming, with a self-test that passes. */
export async function armBy(world: World, { rig }: RunningProgram): Promise<void> {
  world.watch.noteArmRequest();
  rig.apply({ kind: 'arm-requested', limitsHash: rig.limits.hash });
  rig.chain.requests.surroundings.impedancesOhms = [50_000, 50_000, 50_000, 50_000];
  rig.apply({ kind: 'checks-passed' });
  world.watch.noteArmConfirmation();
  let problem: string | undefined | null = null;
  void rig.arm('test', 1000).then((answer) => (problem = answer));
  await world.pass(40);
  if (problem !== undefined) throw new Defect(`the simulated rig is not armed: ${String(problem)}`);
}
