// Checks each stimulus against the limit profile; used by the main process.
import type { Experiment, Stimulus } from '../../common/experiment/experiment.ts';
import type { ElectrodeGroupLimits, LimitProfile } from '../../common/experiment/limit-profile.ts';
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

/** The limits of an electrode; undefined when the profile does not cover it. */
export function groupOf(limits: Salvaged<LimitProfile>, electrode: number): Salvaged<ElectrodeGroupLimits> | undefined {
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
  const refuse = (key: keyof Stimulus, what: string, cure: string) => {
    problems.error(tree.placeAt(['stimuli', index, key]), what, cure);
  };
  const keepWithin = (
    key: keyof Stimulus,
    words: string,
    value: number | undefined,
    [least = 0, most = Infinity]: readonly [number | undefined, number | undefined],
    unit: string,
  ) => {
    if (value === undefined || (value >= least && value <= most)) return;
    const range = least > 0 ? `from ${least} to ${most} ${unit}` : `up to ${most} ${unit}`;
    const what = `${words} of ${value} ${unit} is outside of the limits of electrode ${electrode}`;
    refuse(key, what, `Choose ${key} ${range}`);
  };
  if (amplitude !== undefined && !Number.isInteger(Number((amplitude * 1000).toPrecision(12)))) {
    const mended = Math.round(amplitude * 1000) / 1000;
    refuse(
      'amplitudeMicroamps',
      `An amplitude of ${amplitude} µA is not a whole number of nanoamps`,
      `Choose ${mended}`,
    );
  }
  const most = group.amplitudeMaxMicroamps;
  keepWithin('amplitudeMicroamps', 'An amplitude', amplitude, [0, most], 'µA');
  keepWithin('phaseMicroseconds', 'A phase', phase, [group.phaseMinMicroseconds, group.phaseMaxMicroseconds], 'µs');
  keepWithin('interphaseMicroseconds', 'An interphase gap', gap, [0, group.interphaseMaxMicroseconds], 'µs');
  const mostCharge = group.chargePerPhaseMaxNanocoulombs;
  if (amplitude === undefined || phase === undefined || mostCharge === undefined) return;
  const charge = chargeNanocoulombs(amplitude, phase);
  if (charge <= mostCharge) return;
  // Amplitude or duration must give way; the amplitude is named, because it is what a person tunes.
  const mended = Math.min(most ?? Infinity, Math.floor((mostCharge / phase) * 1e6) / 1000);
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
