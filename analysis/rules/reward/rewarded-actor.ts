// An actor in trials that pay rewards: what it does in each step, and how it is told what a reward was worth; analysis process.
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { applyRule } from '../../../common/learning-rule/apply-rule.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { creditStepMilliseconds } from '../../../common/rule-study/time-task.ts';
import type { RewardBaseline } from '../../../common/rule-study/rule-settings.ts';
import type { Random } from '../base/random.ts';
import type { InteractiveTrial } from '../tasks/temporal-task.ts';
import { type SpikingActor, type Told, toldNothing } from './spiking-actor.ts';

/** In ms: how long inputs of a step are shown, and how long the synapses are told of a reward. */
export const windows = { step: creditStepMilliseconds, reward: 100 } as const;

/** Share of the newest reward in the running mean, as Portes, Schmid & Murray 2022 have it. */
const shareOfNewest = 0.1;

export interface ActorLearning {
  readonly baseline: RewardBaseline;
  /**
   * Of the control: its synapses stay, and its readout follows the reward by noise that it adds to the actions' values. It has no
   * eligibility: a reward that comes steps later meets the noise and the spikes of its own step.
   */
  readonly readout?: { readonly learningRate: number; readonly noise: number } | undefined;
}

/** Equal counts are common: without other noise a small one decides between them. @param noise for each action, in deviations */
export const choiceOf = (values: Float64Array, noise: ArrayLike<number>, deviation = 1e-6): Float64Array =>
  values.map((value, action) => value + deviation * noise[action]!);

const parsedReadout = parseRule(readoutOnly);

export class RewardedActor {
  readonly actor: SpikingActor;
  readonly #learning: ActorLearning;
  /** Of rewards, for each kind of trial. */
  readonly #means = new Map<number, number>();
  readonly #nothing: Float64Array;
  readonly #noise: Float64Array;

  constructor(actor: SpikingActor, learning: ActorLearning) {
    this.actor = actor;
    this.#learning = learning;
    this.#nothing = new Float64Array(actor.neurons.settings.inputs);
    this.#noise = new Float64Array(actor.neurons.settings.actions);
  }

  /** Does one step of a trial. @returns the reward for it */
  act(trial: InteractiveTrial, random: Random): number {
    const values = this.actor.show(trial.observe(), windows.step, toldNothing, random);
    this.#noise.forEach((_, action) => (this.#noise[action] = random.normal()));
    return trial.act(choiceOf(values, this.#noise, this.#learning.readout?.noise));
  }

  /** Tells what a reward was worth, and expects it more from now on. @param trial that was rewarded: each kind has a mean of its own */
  reward(reward: number, trial: Pick<InteractiveTrial, 'kind' | 'rightAction'>, random: Random): void {
    const deviation = this.deviationOf(reward, trial.kind);
    const mean = this.#means.get(trial.kind) ?? reward;
    this.#means.set(trial.kind, mean + shareOfNewest * (reward - mean));
    this.tell({ reward: deviation, rightAction: trial.rightAction }, random);
  }

  /** What a reward is beyond what is expected now: 0 for the first of its kind; without a baseline all of it. */
  deviationOf(reward: number, kind: number): number {
    return this.#learning.baseline === 'none' ? reward : reward - (this.#means.get(kind) ?? reward);
  }

  /** After a trial, for as long as rewards are told. */
  tell(told: Told, random: Random): void {
    const { readout } = this.#learning;
    if (readout === undefined) this.actor.show(this.#nothing, windows.reward, told, random);
    else this.#changeReadout(readout.learningRate, told.reward);
  }

  /** Time in which nothing is shown and nothing is paid. */
  pause(milliseconds: number, random: Random): void {
    this.actor.show(this.#nothing, milliseconds, toldNothing, random);
  }

  /** By the control's declared equation: noise that was rewarded is an error of the other sign. */
  #changeReadout(learningRate: number, deviation: number): void {
    const { readout, counts } = this.actor;
    for (let action = 0; action < readout.rows; action++) {
      const row = readout.row(action);
      const values = { w: row, x: counts, slope: 1, error: -deviation * this.#noise[action]! };
      const { w } = applyRule(parsedReadout, 'step', { learningRate }, values, row.length)!;
      row.set(w as Float64Array);
    }
  }
}
