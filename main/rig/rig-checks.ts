// What the rig page lets a person check between recordings: impedances and the way to the stimulator and back. Rig thread.
import { mayCloseTheLoop } from '../../common/contract/devices.ts';
import { reachableElectrodes } from '../../common/experiment/checked-experiment.ts';
import type { ArmingContext } from './arming-context.ts';
import type { ConnectedRig } from './connected-rig.ts';
import { judgeImpedances, stimulatorImpedances } from './judge-impedances.ts';
import { type LoopBackRequest, testLoopBack } from './loop-back-test.ts';
import type { StationLine } from './recording/station-line.ts';
import type { RigOutcome } from './rig-messages.ts';
import { failed, notNow } from './session/refuse-command.ts';

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');

/** @returns why neither may be done now, or undefined. */
function refusal(rig: ConnectedRig | undefined, toDo: string): RigOutcome | undefined {
  if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
  if (!rig.connections.writer.identity.canStimulate)
    return notNow(
      'nothing is connected that stimulates, and this source is not asked beside its samples',
      `${toDo} Intan controllers measure impedances while they are not connected.`,
    );
  if (!mayCloseTheLoop(rig.connections.writer.capability))
    return notNow(
      'the stimulator has no lease and no relay of its own, so nothing of it can be tried',
      `${toDo} Intan controllers measure impedances while they are not connected.`,
    );
  if (rig.run !== undefined)
    return notNow('a recording is running', 'End the recording first: what is tested would be in its samples.');
  if (rig.sourceClosedReason !== undefined) return notNow('the source is gone', 'Connect again.');
  const { state, firstCause } = rig.chain.interlock;
  if (state === 'safe') return undefined;
  return notNow(
    `the rig is ${state}`,
    firstCause === undefined ? 'Turn the output off first.' : 'Acknowledge the cause and reset first.',
  );
}

/** Has the stimulator measure its electrodes; its output is off, and no electrode is remembered for the next self-test. */
export async function measureConnected(rig: ConnectedRig | undefined): Promise<RigOutcome> {
  const refused = refusal(rig, 'Connect an experiment whose stimulator has a lease.');
  if (refused !== undefined || rig === undefined) return refused ?? notNow('no source is connected', 'Connect first.');
  try {
    const { impedancesOhms } = await rig.connections.writer.selfTest();
    rig.impedances = stimulatorImpedances(impedancesOhms, reachableElectrodes(rig.checked.experiment));
    return { answer: judgeImpedances(rig.impedances, rig.limits.inForce) };
  } catch (error) {
    return failed(`the stimulator does not measure: ${wordsOf(error)}`, 'Check its cable, and try again.');
  }
}

export async function checkLoopBack(
  rig: ConnectedRig | undefined,
  request: LoopBackRequest,
  context: Pick<ArmingContext, 'time' | 'random'> & { station: Pick<StationLine, 'noteDurably'> },
  operator: string,
): Promise<RigOutcome> {
  const refused = refusal(rig, 'Connect an experiment whose stimulator has a lease.');
  if (refused !== undefined || rig === undefined) return refused ?? notNow('no source is connected', 'Connect first.');
  const { channels } = rig.connections.writer.identity;
  if (!(request.electrode < channels))
    return notNow(
      `the stimulator has no electrode ${request.electrode}`,
      `Choose one from 0 to ${channels - 1}: with its relay open the pulse goes into the reference load all the same.`,
    );
  const purpose = 'loop-back test';
  const auditProblem = await context.station.noteDurably('arm-requested', { purpose }, operator);
  if (auditProblem !== undefined)
    return failed(`the audit log cannot be written: ${auditProblem}`, 'Mend the log first; see docs/audit-log.md.');
  const result = await testLoopBack(rig, context, request, operator);
  if (result !== undefined) return { answer: result };
  return notNow(`the rig is ${rig.chain.interlock.state}`, 'Look at the state above, and test again.');
}
