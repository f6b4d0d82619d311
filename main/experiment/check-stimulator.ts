// Checks what stimulates where the source only records, each kind by its own rules, and that a loop over such a source is slow enough. Used by the main process.
import { onlyRecords } from '../../common/experiment/checked-experiment.ts';
import type { Experiment } from '../../common/experiment/experiment.ts';
import { rhxNewestMilliseconds } from '../../common/experiment/rhx-source.ts';
import { slowLoopLeastMilliseconds } from '../../common/experiment/stimulator.ts';
import { checkPreparedStimuli } from './check-prepared-stimuli.ts';
import { checkSerialStimuli } from './check-serial-stimuli.ts';
import { checkSourceInput } from './check-source-input.ts';
import { checkOutputs, checkStimulatedElectrodes, checkStimuliReached } from './check-stimulated-electrodes.ts';
import type { FileContent } from './file-content.ts';
import type { LimitsAtHand } from './limits-at-hand.ts';
import type { ProblemList } from './problem-list.ts';
import { isWholeMultiple } from './whole-multiple.ts';

/** @param channels of the source; undefined where the file does not tell */
export function checkStimulator(
  experiment: FileContent<Experiment>,
  channels: number | undefined,
  problems: ProblemList,
): void {
  const { stimulator, source } = experiment.value;
  if (stimulator === undefined || source?.kind === undefined) return;
  if (!onlyRecords(source.kind)) {
    problems.error(
      experiment.tree.placeAtKey(['stimulator']),
      `A stimulator stands beside a source of kind ${source.kind}, which stimulates by itself`,
      'Remove stimulator, or choose a source that only records: intan-rhx or open-ephys',
    );
    return;
  }
  checkStimulatedElectrodes(experiment, stimulator.electrodes ?? [], channels, problems);
  checkStimuliReached(experiment, stimulator.electrodes ?? [], problems);
  switch (stimulator.kind) {
    case undefined:
      return;
    case 'intan-rhs':
      return checkPreparedStimuli(experiment, stimulator, problems);
    case 'pulse-pal-2':
    case 'stimjim':
      return checkSerialStimuli(experiment, stimulator, channels, problems);
    case 'hid-rig': {
      const { electrodes = [], sync } = stimulator;
      checkOutputs(experiment, electrodes, problems);
      const place = { key: 'sync', sees: 'the sync pulses' } as const;
      checkSourceInput(experiment, { ...place, electrodes, wire: sync }, channels, problems);
      checkLoop(experiment, problems);
    }
  }
}

/** A loop over RHX that is never in time: said, and not refused, since the recording is whole and the interlock refuses what is late. */
export function checkRhxInTime(
  { value, tree }: FileContent<Experiment>,
  { inForce: { timing } }: LimitsAtHand,
  problems: ProblemList,
): void {
  const { source, deadlineMilliseconds: deadline, stimuli = [] } = value;
  if (source?.kind !== 'intan-rhx' || value.stimulator?.kind !== 'hid-rig' || stimuli.length === 0) return;
  const { sampleRateHz, blocksPerWrite } = source;
  if (sampleRateHz === undefined || blocksPerWrite === undefined || deadline === undefined) return;
  const newest = rhxNewestMilliseconds(sampleRateHz, blocksPerWrite);
  const most = Math.min(deadline, timing.dataAgeMaxMicroseconds / 1000);
  if (newest <= most) return;
  problems.warning(
    tree.placeAt(['deadlineMilliseconds']),
    `The newest samples of RHX are ${newest.toFixed(1)} ms old when they come, and after ${most} ms nothing may stimulate: every request will be refused as late`,
    'Choose deadlineMilliseconds of 17, which leaves time for the pulse, blocksPerWrite of 1, and a site file that allows dataAgeMaxMilliseconds of 20',
  );
}

/** What comes in lumps, tens of milliseconds old, cannot be answered within milliseconds. */
function checkLoop({ value, tree }: FileContent<Experiment>, problems: ProblemList): void {
  const { tickMilliseconds: tick, source } = value;
  const stimulates =
    (value.stimuli ?? []).length > 0 || (value.phases ?? []).some((phase) => phase?.stimulation === true);
  if (tick === undefined || !stimulates || tick >= slowLoopLeastMilliseconds) return;
  const name = source?.kind === 'intan-rhx' ? 'RHX' : 'the Open Ephys GUI';
  const rate = source !== undefined && 'sampleRateHz' in source ? source.sampleRateHz : undefined;
  const isWhole = rate === undefined || isWholeMultiple(slowLoopLeastMilliseconds * rate, 1000);
  problems.error(
    tree.placeAt(['tickMilliseconds']),
    `A tick of ${tick} ms is too short for a loop over ${name}: its samples come in lumps, tens of milliseconds old`,
    isWhole
      ? `Choose a tick of ${slowLoopLeastMilliseconds} ms`
      : 'Choose another sample rate: no tick that is long enough suits this one',
  );
}
