// Checks each stimulus against the limits in force, as far as files tell them; used by the main process.
import type { Experiment, Stimulus } from '../../common/experiment/experiment.ts';
import type { ElectrodeGroupLimits, LimitProfile } from '../../common/experiment/limit-profile.ts';
import type { ElectrodeInForce } from '../../common/limits/limits-in-force.ts';
import { chargeRules, nanoampsOf } from './charge-rules.ts';
import type { FileContent } from './file-content.ts';
import type { LimitsAtHand } from './limits-at-hand.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';
import { electrodeSpans } from './electrode-spans.ts';

export function checkStimuli(
  experiment: FileContent<Experiment>,
  profile: FileContent<LimitProfile>,
  limits: LimitsAtHand | undefined,
  problems: ProblemList,
): void {
  for (const [index, stimulus] of (experiment.value.stimuli ?? []).entries()) {
    if (stimulus?.electrode === undefined) continue;
    if (!checkCoverage(experiment, index, stimulus.electrode, profile, limits, problems)) continue;
    const own = limits?.inForce.electrodes.get(stimulus.electrode);
    if (own === undefined || limits === undefined) continue;
    checkGeometry(experiment, index, stimulus.electrode, profile, limits, own, problems);
    new PulseCheck(experiment, index, stimulus, limits, own, problems).checkAll();
  }
}

/** The group of an electrode; undefined when the profile does not cover it. */
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

/** @returns whether profile and site file both name the electrode. */
function checkCoverage(
  { tree }: FileContent<Experiment>,
  index: number,
  electrode: number,
  profile: FileContent<LimitProfile>,
  limits: LimitsAtHand | undefined,
  problems: ProblemList,
): boolean {
  const place = tree.placeAt(['stimuli', index, 'electrode']);
  if (groupOf(profile.value, electrode) === undefined) {
    if (!areAllElectrodesKnown(profile.value)) return false;
    const covered = (profile.value.electrodeGroups ?? []).flatMap((entry) => entry?.electrodes ?? []);
    problems.error(
      place,
      `The limit profile ${profile.tree.file} does not cover electrode ${electrode}, so it may not be stimulated`,
      `Choose one of its electrodes (${electrodeSpans(covered)}), or add ${electrode} to one of its groups`,
    );
    return false;
  }
  const ofSite = limits?.site?.electrodeGroups.flatMap(({ electrodes }) => electrodes);
  if (ofSite === undefined || ofSite.includes(electrode)) return true;
  problems.error(
    place,
    `The site file does not cover electrode ${electrode}, so it may not be stimulated`,
    `Choose one of its electrodes (${electrodeSpans(ofSite)}), or have a new version signed`,
  );
  return false;
}

/** No geometry, no stimulation. What a mistake in the profile has lost is reported there. */
function checkGeometry(
  { tree }: FileContent<Experiment>,
  index: number,
  electrode: number,
  profile: FileContent<LimitProfile>,
  { isSiteKnown }: LimitsAtHand,
  own: ElectrodeInForce,
  problems: ProblemList,
): void {
  const group = groupOf(profile.value, electrode) ?? {};
  const missing = (['areaSquareMicrometres', 'material'] as const).filter((key) => !(key in group));
  if (own.geometry !== undefined || !isSiteKnown || missing.length === 0) return;
  problems.error(
    tree.placeAt(['stimuli', index, 'electrode']),
    `Area or material of electrode ${electrode} is not known, so it may not be stimulated: no geometry, no stimulation`,
    `Add ${missing.join(' and ')} to its group in ${profile.tree.file}`,
  );
}

/** One stimulus against the limits of its electrode. */
class PulseCheck {
  readonly #tree: FileContent<Experiment>['tree'];
  readonly #index: number;
  readonly #stimulus: Salvaged<Stimulus>;
  readonly #limits: LimitsAtHand;
  readonly #own: ElectrodeInForce;
  readonly #problems: ProblemList;

  constructor(
    { tree }: FileContent<Experiment>,
    index: number,
    stimulus: Salvaged<Stimulus>,
    limits: LimitsAtHand,
    own: ElectrodeInForce,
    problems: ProblemList,
  ) {
    this.#tree = tree;
    this.#index = index;
    this.#stimulus = stimulus;
    this.#limits = limits;
    this.#own = own;
    this.#problems = problems;
  }

  checkAll(): void {
    const { limits } = this.#own;
    const { amplitudeMicroamps, phaseMicroseconds, interphaseMicroseconds } = this.#stimulus;
    this.#checkWholeNanoamps();
    const amplitudeMax = limits.amplitudeMaxNanoamps / 1000;
    this.#keepWithin('amplitudeMicroamps', 'An amplitude', amplitudeMicroamps, [0, amplitudeMax], 'µA');
    const phases = [limits.phaseMinMicroseconds, limits.phaseMaxMicroseconds] as const;
    this.#keepWithin('phaseMicroseconds', 'A phase', phaseMicroseconds, phases, 'µs');
    const gaps = [0, limits.interphaseMaxMicroseconds] as const;
    this.#keepWithin('interphaseMicroseconds', 'An interphase gap', interphaseMicroseconds, gaps, 'µs');
    this.#checkTotalCurrent();
    this.#checkCharge();
  }

  #refuse(key: keyof Stimulus, what: string, cure: string): void {
    this.#problems.error(this.#tree.placeAt(['stimuli', this.#index, key]), what, cure);
  }

  #keepWithin(
    key: keyof Stimulus,
    words: string,
    value: number | undefined,
    [least, most]: readonly [number, number],
    unit: string,
  ): void {
    if (value === undefined || (value >= least && value <= most)) return;
    const range = least > 0 ? `from ${least} to ${most} ${unit}` : `up to ${most} ${unit}`;
    const what = `${words} of ${value} ${unit} is outside of the limits of electrode ${this.#stimulus.electrode}`;
    this.#refuse(key, what, `Choose ${key} ${range}`);
  }

  #checkWholeNanoamps(): void {
    const { amplitudeMicroamps: amplitude } = this.#stimulus;
    if (amplitude === undefined || Number.isInteger(Number((amplitude * 1000).toPrecision(12)))) return;
    this.#refuse(
      'amplitudeMicroamps',
      `An amplitude of ${amplitude} µA is not a whole number of nanoamps`,
      `Choose ${nanoampsOf(amplitude) / 1000}`,
    );
  }

  #checkTotalCurrent(): void {
    const { amplitudeMicroamps: amplitude } = this.#stimulus;
    const most = this.#limits.inForce.total.currentMaxNanoamps / 1000;
    if (amplitude === undefined || amplitude <= most) return;
    this.#refuse(
      'amplitudeMicroamps',
      `An amplitude of ${amplitude} µA is above the limit over all electrodes at once, ${most} µA`,
      `Choose amplitudeMicroamps up to ${most}`,
    );
  }

  /** Names the tightest of the rules that the charge is above. */
  #checkCharge(): void {
    const { electrode, amplitudeMicroamps: amplitude, phaseMicroseconds: phase } = this.#stimulus;
    if (amplitude === undefined || phase === undefined) return;
    const charge = nanoampsOf(amplitude) * phase;
    const [rule] = chargeRules(this.#own);
    if (rule === undefined || charge <= rule.femtocoulombs) return;
    // Amplitude or duration must give way; the amplitude is named, because it is what a person tunes.
    const mended = Math.min(this.#own.limits.amplitudeMaxNanoamps, Math.floor(rule.femtocoulombs / phase)) / 1000;
    this.#refuse(
      'amplitudeMicroamps',
      `The pulse carries ${charge / 1e6} nC in each phase (${amplitude} µA × ${phase} µs), above the limit of electrode ${electrode}, ${rule.femtocoulombs / 1e6} nC${rule.words}`,
      `Choose amplitudeMicroamps up to ${mended}, or a shorter phase`,
    );
  }
}
