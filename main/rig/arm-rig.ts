// The last step of arming: from the held control to an output that is enabled for one session. Rig thread.
import type { Chain } from './build-chain.ts';
import type { DoseLedger } from './dose-ledger.ts';
import type { LimitsKeeper } from './limits-keeper.ts';
import type { OutputControl } from './output-control.ts';
import type { PopulationDrives } from './population-drives.ts';
import type { StationSink } from './recording/station-line.ts';
import { pause, type RigTime } from './rig-time.ts';
import type { Happening } from './turns.ts';

export interface ArmedParts {
  chain: Chain;
  output: OutputControl;
  limits: LimitsKeeper;
  drives: PopulationDrives;
  dose: DoseLedger;
  apply(happening: Happening, operator: string): boolean;
}

export interface ArmingSurroundings {
  station: StationSink;
  time: RigTime;
  random: () => number;
}

const watchdogAnswersWithinMilliseconds = 500;

/** @param heldMilliseconds how long the second control of arming was held. @returns why the rig is not armed, or undefined. */
export async function armRig(
  rig: ArmedParts,
  { station, time, random }: ArmingSurroundings,
  operator: string,
  heldMilliseconds: number,
): Promise<string | undefined> {
  const { interlock, requests } = rig.chain;
  /** The log must not say that the rig was armed when it was not. */
  const refuse = (problem: string) => {
    station.note('arm-refused', { problem }, operator);
    return problem;
  };
  const session = rig.output.nextSession(interlock.record.session, random);
  const { hash } = rig.limits;
  const driven = await rig.drives.end(null, 'the rig was armed');
  if (driven !== '') return refuse(`a population is driven: ${driven}`);
  // Whoever dies from here on is found armed at the next start.
  const problem = (await station.noteDurably('arm-confirmed', { session }, operator)) ?? (await rig.dose.reserve());
  if (problem !== undefined) return refuse(problem);
  if (!rig.apply({ kind: 'arm-confirmed', session, limitsHash: hash, heldMilliseconds }, operator))
    return refuse('arming was not requested, its time is over, or the limits have changed meanwhile');
  const { leaseMilliseconds } = interlock.limits.timing;
  const refused = await Promise.race([
    rig.output.enable(session, leaseMilliseconds, rig.limits.wireHash).catch((error: unknown) => String(error)),
    pause(time, watchdogAnswersWithinMilliseconds).then(() => 'watchdog or stimulator do not answer'),
  ]);
  if (refused === undefined && interlock.state === 'armed') {
    requests.surroundings.confirmedSession = session;
    return undefined;
  }
  rig.apply({ kind: 'stop' }, operator);
  return refused ?? 'stimulation was stopped meanwhile';
}
