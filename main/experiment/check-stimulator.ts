// Checks what stimulates where the source only records; a board beside it: which output is which electrode, how the clocks meet, and that the loop is slow enough. Used by the main process.
import { onlyRecords } from '../../common/experiment/checked-experiment.ts';
import type { Experiment } from '../../common/experiment/experiment.ts';
import { rhxNewestMilliseconds } from '../../common/experiment/rhx-source.ts';
import { slowLoopLeastMilliseconds, type WiredBoard } from '../../common/experiment/stimulator.ts';
import { checkPreparedStimuli } from './check-prepared-stimuli.ts';
import { checkStimulatedElectrodes, checkStimuliReached } from './check-stimulated-electrodes.ts';
import type { FileContent } from './file-content.ts';
import type { LimitsAtHand } from './limits-at-hand.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';
import { isWholeMultiple } from './whole-multiple.ts';

type OfFile = Salvaged<WiredBoard>;

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
  if (stimulator.kind === 'intan-rhs') checkPreparedStimuli(experiment, stimulator, problems);
  else if (stimulator.kind === 'hid-rig') {
    checkOutputs(experiment, stimulator, problems);
    checkSync(experiment, stimulator, channels, problems);
    checkLoop(experiment, problems);
  }
}

function checkOutputs({ tree }: FileContent<Experiment>, { electrodes = [] }: OfFile, problems: ProblemList): void {
  const seen = new Set<number>();
  for (const [index, wire] of electrodes.entries()) {
    const output = wire?.output;
    if (output === undefined) continue;
    if (seen.has(output))
      problems.error(
        tree.placeAt(['stimulator', 'electrodes', index, 'output']),
        `output ${output} is named twice`,
        'Each output of the board is one electrode of the source: name both once',
      );
    seen.add(output);
  }
}

function checkSync(
  { value, tree }: FileContent<Experiment>,
  { sync, electrodes = [] }: OfFile,
  channels: number | undefined,
  problems: ProblemList,
): void {
  const channel = sync?.channel;
  if (channel === undefined) return;
  const place = tree.placeAt(['stimulator', 'sync', 'channel']);
  const sent = /^CHANNEL-(\d+)$/.exec(channel)?.[1];
  if (value.source?.kind === 'intan-rhx') {
    if (sent !== undefined)
      problems.error(
        place,
        `RHX has no input ${channel}`,
        'Choose a digital input such as DIGITAL-IN-01, or an analogue one such as ANALOG-IN-1',
      );
    return;
  }
  if (sent === undefined)
    return problems.error(
      place,
      `The Open Ephys GUI sends no ${channel}: it sends channels by their numbers`,
      'Let it send the channel that sees the pulses, and write CHANNEL- and its number among those that are sent',
    );
  const number = Number(sent);
  if (channels !== undefined && number >= channels)
    problems.error(
      place,
      `There is no channel ${number}: the source has ${channels}`,
      `Choose CHANNEL-0 to CHANNEL-${channels - 1}`,
    );
  const resolution = value.source?.kind === 'open-ephys' ? value.source.microvoltsPerBit : undefined;
  const { levelVolts } = sync ?? {};
  if (resolution !== undefined && levelVolts !== undefined && resolution > levelVolts / 4)
    problems.error(
      tree.placeAt(['source', 'microvoltsPerBit']),
      `Steps of ${resolution} are too coarse for the channel of the sync pulses: the GUI sends it in volts, with its level at ${levelVolts} V`,
      `Choose microvoltsPerBit up to ${levelVolts / 4}`,
    );
  if (electrodes.some((wire) => wire?.electrode === number))
    problems.error(
      place,
      `Channel ${number} sees the sync pulses, and is named as an electrode that is stimulated`,
      'Choose another channel for one of them',
    );
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
