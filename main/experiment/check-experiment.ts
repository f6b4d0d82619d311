// Checks the values of an experiment against each other, against its source and against its network; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { isByHand } from '../../common/experiment/stimulator.ts';

import { checkNamesDiffer, checkReference, type FileContent, namesOf } from './file-content.ts';
import type { LimitsAtHand } from './limits-at-hand.ts';
import { populationOf } from './network-references.ts';
import type { ProblemList } from './problem-list.ts';
import { isWholeMultiple } from './whole-multiple.ts';

/** What the experiment's source is; a number is undefined where the file that holds it is wrong. */
export interface SourceShape {
  channels: number | undefined;
  sampleRateHz: number | undefined;
}

/** What the experiment alone and its source decide. */
export function checkExperiment(experiment: FileContent<Experiment>, source: SourceShape, problems: ProblemList): void {
  const { value, tree } = experiment;
  for (const [list, kind] of [
    ['stimuli', 'stimulus'],
    ['phases', 'phase'],
  ] as const) {
    checkNamesDiffer(value[list], kind, (index) => tree.placeAt([list, index, 'name']), problems);
  }
  checkBand(experiment, source.sampleRateHz, problems);
  checkTick(experiment, source.sampleRateHz, problems);
  for (const [index, stimulus] of (value.stimuli ?? []).entries()) {
    const electrode = stimulus?.electrode;
    if (electrode === undefined || source.channels === undefined || electrode < source.channels) continue;
    problems.error(
      tree.placeAt(['stimuli', index, 'electrode']),
      `There is no electrode ${electrode}: the source has ${source.channels}`,
      `Choose an electrode from 0 to ${source.channels - 1}`,
    );
  }
}

function checkBand(
  { value, tree }: FileContent<Experiment>,
  sampleRateHz: number | undefined,
  problems: ProblemList,
): void {
  const { lowCutoffHz: low, highCutoffHz: high } = value.detection ?? {};
  if (high === undefined) return;
  if (low !== undefined && low >= high) {
    problems.error(
      tree.placeAt(['detection', 'lowCutoffHz']),
      `The band from ${low} Hz to ${high} Hz is empty`,
      'Choose lowCutoffHz below highCutoffHz',
    );
  }
  if (sampleRateHz !== undefined && high >= sampleRateHz / 2) {
    problems.error(
      tree.placeAt(['detection', 'highCutoffHz']),
      `The band ends at ${high} Hz, but a source sampled at ${sampleRateHz} Hz holds nothing from ${sampleRateHz / 2} Hz on`,
      `Choose highCutoffHz below ${sampleRateHz / 2}`,
    );
  }
}

function checkTick(
  { value, tree }: FileContent<Experiment>,
  sampleRateHz: number | undefined,
  problems: ProblemList,
): void {
  const tick = value.tickMilliseconds;
  if (tick === undefined || sampleRateHz === undefined || isWholeMultiple(tick * sampleRateHz, 1000)) return;
  const samples = (tick * sampleRateHz) / 1000;
  const mended = Array.from({ length: 100 }, (_, index) => index + 1).find((ms) =>
    isWholeMultiple(ms * sampleRateHz, 1000),
  );
  const cure =
    mended === undefined
      ? 'Choose another source: no tick suits this sample rate'
      : `Choose a tick of ${mended} ms or a multiple of it`;
  problems.error(
    tree.placeAt(['tickMilliseconds']),
    `A tick of ${tick} ms holds ${samples} samples at ${sampleRateHz} Hz, not a whole number`,
    cure,
  );
}

/** What the network and the experiment decide together. */
export function checkNetworkFits(
  experiment: FileContent<Experiment>,
  network: FileContent<NetworkModel>,
  source: SourceShape,
  problems: ProblemList,
): void {
  const tick = experiment.value.tickMilliseconds;
  const step = network.value.stepMilliseconds;
  if (tick !== undefined && step !== undefined && !isWholeMultiple(tick, step)) {
    problems.error(
      network.tree.placeAt(['stepMilliseconds']),
      `The tick of ${tick} ms is not a whole number of integration steps of ${step} ms`,
      'Choose a step such as 0.1, 0.2, 0.25, 0.5 or 1',
    );
  }
  const stimuli = namesOf(experiment.value.stimuli);
  for (const [index, readout] of (network.value.readouts ?? []).entries()) {
    checkReference(network, ['readouts', index, 'stimulus'], readout?.stimulus, stimuli, 'stimulus', problems);
  }
  for (const [index, input] of (network.value.inputs ?? []).entries()) {
    const neurons = populationOf(network.value, input?.to)?.neurons;
    if (neurons === undefined || input?.neuronsPerElectrode === undefined || source.channels === undefined) continue;
    const driven = source.channels * input.neuronsPerElectrode;
    if (driven <= neurons) continue;
    const place = network.tree.placeAt(['inputs', index, 'neuronsPerElectrode']);
    const most = Math.floor(neurons / source.channels);
    const cure = most >= 1 ? `Choose neuronsPerElectrode up to ${most}, or` : 'To keep them apart,';
    problems.warning(
      place,
      `${source.channels} electrodes drive ${driven} neurons, but ${input.to} has ${neurons}: some are driven by several electrodes`,
      `${cure} give ${input.to} ${driven} neurons`,
    );
  }
}

/** What the limits of time demand of an experiment that stimulates. */
export function checkDeadline(
  { value, tree }: FileContent<Experiment>,
  { inForce: { timing } }: LimitsAtHand,
  problems: ProblemList,
): void {
  // What is given by hand has no deadline.
  const kind = value.stimulator?.kind;
  if ((value.stimuli ?? []).length === 0 || (kind !== undefined && isByHand(kind))) return;
  const deadline = value.deadlineMilliseconds;
  const demands = [
    { microseconds: timing.deadlineMaxMicroseconds, words: 'than the limits allow' },
    { microseconds: timing.dataAgeMaxMicroseconds, words: 'than the limits let data stimulate' },
    { microseconds: timing.dataAgeToTripMicroseconds, words: 'than data may be without a trip' },
  ].sort((a, b) => a.microseconds - b.microseconds);
  const [{ microseconds, words } = { microseconds: 0, words: '' }] = demands;
  const latest = microseconds / 1000;
  if (deadline === undefined || deadline <= latest) return;
  problems.error(
    tree.placeAt(['deadlineMilliseconds']),
    `The deadline of ${deadline} ms is later ${words}, ${latest} ms`,
    `Choose deadlineMilliseconds up to ${latest}`,
  );
}

/** The watchdog stops a loop that completes no tick for longer than the limits let it pause. */
export function checkBeat(
  { value, tree }: FileContent<Experiment>,
  { inForce: { timing } }: LimitsAtHand,
  problems: ProblemList,
): void {
  const { tickMilliseconds: tick } = value;
  const most = timing.beatMaxMilliseconds;
  if ((value.stimuli ?? []).length === 0 || tick === undefined || tick < most) return;
  problems.error(
    tree.placeAt(['tickMilliseconds']),
    `A tick of ${tick} ms is not completed within ${most} ms, the longest pause that the limits allow: the watchdog would stop it`,
    `Choose a tick below ${most} ms, or a site file that allows a longer pause`,
  );
}
