// Checks each stimulus, and how often it may be asked for, against the limit profile; used by the main process.
import type { Experiment, Stimulus } from '../../common/experiment/experiment.ts';
import type { ElectrodeGroupLimits, LimitProfile } from '../../common/experiment/limit-profile.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

export function checkStimuli(
  experiment: FileContent<Experiment>,
  limits: FileContent<LimitProfile>,
  problems: ProblemList,
): void {
  for (const [index, stimulus] of (experiment.value.stimuli ?? []).entries()) {
    if (stimulus?.electrode === undefined) continue;
    const group = groupOf(limits.value, stimulus.electrode);
    if (group !== undefined) checkPulse(experiment, index, stimulus, group, problems);
    else if (areAllElectrodesKnown(limits.value)) {
      const place = experiment.tree.placeAt(['stimuli', index, 'electrode']);
      const covered = (limits.value.electrodeGroups ?? []).flatMap((entry) => entry?.electrodes ?? []);
      problems.error(
        place,
        `The limit profile ${limits.tree.file} does not cover electrode ${stimulus.electrode}, so it may not be stimulated`,
        `Choose one of its electrodes (${spans(covered)}), or add ${stimulus.electrode} to one of its groups`,
      );
    }
  }
}

function groupOf(limits: Salvaged<LimitProfile>, electrode: number): Salvaged<ElectrodeGroupLimits> | undefined {
  return limits.electrodeGroups?.find((group) => group?.electrodes?.includes(electrode));
}

/** Whether no entry was lost to another mistake: a lost one might be the one that is missed. */
function areAllElectrodesKnown(limits: Salvaged<LimitProfile>): boolean {
  return (
    limits.electrodeGroups?.every(
      (group) => group?.electrodes?.every((electrode) => electrode !== undefined) ?? false,
    ) ?? false
  );
}

/** @returns `0–15, 20`. */
function spans(electrodes: readonly (number | undefined)[]): string {
  const sorted = [...new Set(electrodes)].filter((electrode) => electrode !== undefined).sort((a, b) => a - b);
  const spans: [first: number, last: number][] = [];
  for (const electrode of sorted) {
    const open = spans.at(-1);
    if (open !== undefined && open[1] === electrode - 1) open[1] = electrode;
    else spans.push([electrode, electrode]);
  }
  return spans.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

function checkPulse(
  { tree }: FileContent<Experiment>,
  index: number,
  stimulus: Salvaged<Stimulus>,
  group: Salvaged<ElectrodeGroupLimits>,
  problems: ProblemList,
): void {
  const { electrode, amplitudeMicroamps: amplitude, phaseMicroseconds: phase, interphaseMicroseconds: gap } = stimulus;
  const refuse = (key: string, what: string, cure: string) => {
    problems.error(tree.placeAt(['stimuli', index, key]), what, cure);
  };
  const most = group.amplitudeMaxMicroamps;
  if (amplitude !== undefined && Math.abs(amplitude * 1000 - Math.round(amplitude * 1000)) > 1e-6) {
    refuse(
      'amplitudeMicroamps',
      `An amplitude of ${amplitude} µA is not a whole number of nanoamps`,
      `Choose ${Math.round(amplitude * 1000) / 1000}`,
    );
  }
  if (amplitude !== undefined && most !== undefined && amplitude > most) {
    refuse(
      'amplitudeMicroamps',
      `An amplitude of ${amplitude} µA is above the limit of electrode ${electrode}, ${most} µA`,
      `Choose amplitudeMicroamps up to ${most}`,
    );
  }
  const { phaseMinMicroseconds: shortest, phaseMaxMicroseconds: longest } = group;
  if (phase !== undefined && shortest !== undefined && longest !== undefined && (phase < shortest || phase > longest)) {
    refuse(
      'phaseMicroseconds',
      `A phase of ${phase} µs is outside of the limits of electrode ${electrode}, ${shortest} to ${longest} µs`,
      `Choose phaseMicroseconds from ${shortest} to ${longest}`,
    );
  }
  const longestGap = group.interphaseMaxMicroseconds;
  if (gap !== undefined && longestGap !== undefined && gap > longestGap) {
    refuse(
      'interphaseMicroseconds',
      `An interphase gap of ${gap} µs is above the limit of electrode ${electrode}, ${longestGap} µs`,
      `Choose interphaseMicroseconds up to ${longestGap}`,
    );
  }
  const mostCharge = group.chargePerPhaseMaxNanocoulombs;
  if (amplitude === undefined || phase === undefined || mostCharge === undefined) return;
  const charge = chargeNanocoulombs(amplitude, phase);
  if (charge <= mostCharge) return;
  // One of the two must give way; the amplitude is named, because it is what a person tunes.
  const mended = Math.floor((mostCharge / phase) * 1e6) / 1000;
  refuse(
    'amplitudeMicroamps',
    `The pulse carries ${charge} nC in each phase (${amplitude} µA × ${phase} µs), above the limit of electrode ${electrode}, ${mostCharge} nC`,
    `Choose amplitudeMicroamps up to ${mended}, or a shorter phase`,
  );
}

/** Charge of one phase, without the dust of binary fractions: femtocoulombs are whole. */
export function chargeNanocoulombs(amplitudeMicroamps: number, phaseMicroseconds: number): number {
  return Math.round(amplitudeMicroamps * 1000 * phaseMicroseconds) / 1e6;
}

/** Warns of readouts that may ask faster than the limits let them: what is too much would be refused all the time. */
export function checkRequestRates(
  experiment: FileContent<Experiment>,
  network: FileContent<NetworkModel>,
  limits: FileContent<LimitProfile>,
  problems: ProblemList,
): void {
  const rateOfElectrode = new Map<number, number>();
  let totalRate = 0;
  for (const [index, readout] of (network.value.readouts ?? []).entries()) {
    const electrode = experiment.value.stimuli?.find((stimulus) => stimulus?.name === readout?.stimulus)?.electrode;
    if (electrode === undefined || readout?.holdOffMilliseconds === undefined) continue;
    const place = network.tree.placeAt(['readouts', index, 'holdOffMilliseconds']);
    const warn = (rate: number, limit: number | undefined, whose: string) => {
      if (limit === undefined || rate <= limit + 1e-9) return;
      problems.warning(
        place,
        `With this pause the readouts may ask ${plain(rate)} times per second for ${whose}, whose limit is ${limit} Hz: the rest is refused`,
        `Choose holdOffMilliseconds from ${Math.ceil(1000 / limit)} on, longer where several readouts share the limit`,
      );
    };
    const rate = (rateOfElectrode.get(electrode) ?? 0) + 1000 / readout.holdOffMilliseconds;
    rateOfElectrode.set(electrode, rate);
    warn(rate, groupOf(limits.value, electrode)?.rateMaxHz, `electrode ${electrode}`);
    totalRate += 1000 / readout.holdOffMilliseconds;
    warn(totalRate, limits.value.total?.rateMaxHz, 'all electrodes together');
  }
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}
