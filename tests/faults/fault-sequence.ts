// One sequence: people arm and run a rig, things break at random, everything is judged; all of it follows from the seed.
import { runArmingChecks } from '../../main/rig/arming-checks.ts';
import type { Dice } from './seeded.ts';
import type { Verdict } from './pulse-watch.ts';
import { simulatedOpening, World } from './simulated-world.ts';
import { breakSomething, mendEverything } from './breakages.ts';

export interface SequenceResult {
  seed: number;
  verdict: Verdict;
  /** What was done and what broke, in order. */
  steps: string[];
  /** What must never happen, in words; empty when all is well. */
  wrong: string[];
  tripped: boolean;
}

/** Within this time after permission has ended the state must be one that waits for people. */
const settleMilliseconds = 320;

/** Both controls of arming; the real self-test in some of the sequences, since it takes a second of virtual time. */
async function arm(world: World, dice: Dice): Promise<boolean> {
  const { program } = world;
  if (program === undefined) return false;
  const { rig, control, rigThread } = program;
  world.watch.noteArmRequest();
  if (!rig.apply({ kind: 'arm-requested', limitsHash: rig.limits.hash }, 'simulated')) return false;
  let isReady = true;
  if (dice.chance(0.05)) {
    const context = {
      control,
      time: rigThread,
      random: () => dice.uniform(),
      probe: undefined,
      siteProblem: undefined,
      auditProblem: undefined,
    };
    let summary: Awaited<ReturnType<typeof runArmingChecks>> | undefined;
    void runArmingChecks(rig, context).then((done) => (summary = done));
    for (let waited = 0; waited < 3000 && summary === undefined; waited += 20) await world.pass(20);
    // A simulated rig has no noise estimate so early, and its loop is young.
    isReady = summary !== undefined && world.program === program;
  } else rig.chain.requests.surroundings.impedancesOhms = Array.from({ length: 4 }, () => 50_000);
  rig.apply({ kind: isReady ? 'checks-passed' : 'checks-failed' });
  await world.pass(dice.between(1, 20));
  if (world.program !== program) return false;
  world.watch.noteArmConfirmation();
  let problem: string | undefined | null = null;
  void rig.arm('simulated', dice.chance(0.95) ? 1000 : 500).then((answer) => (problem = answer));
  for (let waited = 0; waited < 700 && problem === null; waited += 5) await world.pass(5);
  return problem === undefined;
}

async function stimulate(world: World): Promise<void> {
  const { program } = world;
  if (program === undefined) return;
  const { rig } = program;
  // Armed again within a recording, it stimulates already.
  if (rig.run === undefined) {
    program.ring.permits.clear();
    void rig.startRun('/simulated', undefined, simulatedOpening(rig));
  }
  await world.pass(4);
}

/** What holds whatever has happened. */
function findWrong(world: World, isAfterBreak: boolean): string[] {
  const { program } = world;
  const wrong: string[] = [];
  if (program === undefined) return wrong;
  const { interlock } = program.rig.chain;
  if (interlock.isLive && interlock.firstCause !== undefined) wrong.push('live with a latched cause');
  if (interlock.state === 'tripped' && interlock.firstCause === undefined) wrong.push('tripped without a cause');
  // What a dead thread left behind says nothing: the watchdog and the device have stopped.
  if (isAfterBreak && !program.rigThread.isDead && interlock.state === 'stopping')
    wrong.push('stopping for longer than the device takes to confirm');
  return wrong;
}

/** Acknowledges, waits, resets and arms again, as people would; or kills and starts the program anew. */
async function goOn(world: World, dice: Dice, steps: string[]): Promise<void> {
  mendEverything(world);
  if (world.program === undefined || dice.chance(0.3)) {
    const cause = world.program?.rig.chain.interlock.firstCause;
    world.kill();
    steps.push('the program is killed and started again');
    await world.pass(dice.between(1, 300));
    const carried = world.carried;
    if (cause !== undefined && carried === undefined) throw new Error(`the cause ${cause.code} was lost by a restart`);
    await world.start();
  }
  await world.pass(150);
  const { interlock } = world.program!.rig.chain;
  const { firstCause } = interlock;
  if (firstCause !== undefined) {
    world.program!.rig.apply({ kind: 'acknowledge', cause: firstCause.code });
    await world.pass(2100);
    world.program!.rig.apply({ kind: 'reset' });
    steps.push(`${firstCause.code} is acknowledged and reset: ${interlock.state}`);
  }
  if (interlock.state === 'safe' && (await arm(world, dice))) {
    steps.push('armed again');
    await stimulate(world);
    await world.pass(dice.between(10, 60));
  }
}

/** Runs the sequence of a seed. The same seed does the same, event by event. */
export async function runSequence(seed: number): Promise<SequenceResult> {
  const world = new World(seed);
  const { dice } = world;
  const steps: string[] = [];
  const wrong: string[] = [];
  let tripped = false;
  try {
    await world.start();
    await world.pass(dice.between(5, 30));
    if (await arm(world, dice)) await stimulate(world);
    else steps.push('not armed');
    await world.pass(dice.between(5, 60));
    for (let breakages = dice.whole(1, 3); breakages > 0; breakages--) {
      steps.push(`${(world.time.nowNs / 1e6).toFixed(1)} ms: ${await breakSomething(world, dice)}`);
      await world.pass(dice.between(0, 40));
    }
    // A thread that hangs has not begun to stop.
    while (world.program?.rigThread.isHung === true) await world.pass(10);
    await world.pass(settleMilliseconds);
    wrong.push(...findWrong(world, true));
    tripped = world.program?.rig.chain.interlock.firstCause !== undefined;
    if (!world.isDeviceGone && dice.chance(0.15)) await goOn(world, dice, steps);
    wrong.push(...findWrong(world, false));
  } catch (error) {
    wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    world.dispose();
  }
  return { seed, verdict: world.watch.verdict, steps, wrong: [...wrong, ...brokenRules(world.watch.verdict)], tripped };
}

function brokenRules(verdict: Verdict): string[] {
  const { pulses: _pulses, enables: _enables, ...mustBeZero } = verdict;
  return Object.entries(mustBeZero)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name}: ${count}`);
}
