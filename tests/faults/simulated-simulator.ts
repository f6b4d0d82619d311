// The simulation process of the simulated computer: answers each tick after a while and asks for stimuli, sane or not.
import {
  type ControlAnswer,
  isDriveControl,
  type PopulationControl,
  type RunningDrive,
} from '../../common/simulation-protocol/control-message.ts';
import type { SaveAnswer } from '../../common/simulation-protocol/saved-state.ts';
import type { SimulationResult, StimulusRequest } from '../../common/simulation-protocol/result.ts';
import type { SimulationLink } from '../../main/rig/simulation-link/simulation-link.ts';
import type { Domain } from './domain.ts';
import type { Dice } from './seeded.ts';
import { electrodes, wantedPulse } from './simulated-experiment.ts';

/** What is wrong with it now. */
export interface SimulatorFaults {
  isDead: boolean;
  isHung: boolean;
  answersLate: boolean;
  /** Asks for what no limit allows. */
  asksTooMuch: boolean;
  hasNonFiniteWeights: boolean;
}

const hostile = [Number.NaN, Infinity, -Infinity, -0, -5000, 0.5, 2 ** 53, 1e6, 10_001];

export class SimulatedSimulator implements SimulationLink {
  readonly environment = {};
  readonly #rig: Domain;
  readonly #dice: Dice;
  readonly faults: SimulatorFaults = {
    isDead: false,
    isHung: false,
    answersLate: false,
    asksTooMuch: false,
    hasNonFiniteWeights: false,
  };
  isBusy = false;
  readonly advancedTicks = 0;
  drives: RunningDrive[] = [];
  onResult: (result: SimulationResult) => void = () => {};

  constructor(rig: Domain, dice: Dice) {
    this.#rig = rig;
    this.#dice = dice;
  }

  configure(): Promise<never> {
    return Promise.reject(new Error('the simulated simulator is ready from the beginning'));
  }

  readWeights(): Promise<never> {
    return Promise.reject(new Error('the simulated simulator has no weights'));
  }

  saveState(): Promise<SaveAnswer> {
    return Promise.resolve({ problem: 'the simulated simulator has no state' });
  }

  /** Learns nothing, and takes every drive. */
  control(control: PopulationControl): Promise<ControlAnswer> {
    if (!isDriveControl(control))
      return Promise.resolve({ problem: 'the simulated simulator learns nothing', step: 0, drives: [] });
    if (this.faults.isDead || this.faults.isHung) return new Promise(() => {});
    this.drives =
      control.kind === 'drive'
        ? [{ population: control.population, strength: control.strength, unit: control.unit, ticksLeft: 1_000_000 }]
        : [];
    return Promise.resolve({ problem: '', step: 0, drives: this.drives });
  }

  requestSample(): void {
    // Nobody looks, and nobody waits for an answer.
  }

  sendTick(tick: number): void {
    const { isDead, isHung, answersLate, hasNonFiniteWeights } = this.faults;
    this.isBusy = true;
    if (isDead || isHung) return;
    const milliseconds = answersLate ? this.#dice.between(4, 12) : this.#dice.between(0.1, 0.6);
    this.#rig.after(milliseconds, () => {
      this.isBusy = false;
      this.onResult({
        tick,
        computeNs: milliseconds * 1e6,
        spikes: new Uint32Array(0),
        requests: this.#requests(),
        meanPlasticWeightMillivolts: hasNonFiniteWeights ? Number.NaN : 0,
      });
    });
  }

  dispose(): void {
    this.faults.isDead = true;
  }

  #requests(): StimulusRequest[] {
    if (!this.#dice.chance(0.2)) return [];
    const electrode = this.#dice.pick(electrodes);
    if (!this.faults.asksTooMuch) return [wantedPulse(electrode)];
    const bad = this.#dice.pick(hostile);
    return [this.#dice.chance(0.5) ? wantedPulse(electrode, bad) : wantedPulse(electrode, 5000, bad)];
  }
}
