// An actor in trials that pay rewards: what it does in each step, and how it is told what a reward was worth; analysis process.
import { readoutOnly } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { applyRule } from '../../../common/learning-rule/apply-rule.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { creditStepMilliseconds } from '../../../common/rule-study/time-task.ts';
import type { RewardBaseline } from '../../../common/rule-study/rule-settings.ts';
import type { Random } from '../base/random.ts';
import { rewardBaseline, type RewardDeviation } from '../local/reward-baseline.ts';
import type { InteractiveTrial } from '../tasks/temporal-task.ts';
import type { SpikingActor } from './spiking-actor.ts';

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

const parsedReadout = parseRule(readoutOnly);

export class RewardedActor {
  readonly actor: SpikingActor;
  readonly #learning: ActorLearning;
  readonly #means = new Map<number, RewardDeviation>();
  readonly #nothing: Float64Array;
  readonly #noise: Float64Array;

  constructor(actor: SpikingActor, learning: ActorLearning) {
    this.actor = actor;
    this.#learning = learning;
    this.#nothing = new Float64Array(actor.settings.inputs);
    this.#noise = new Float64Array(actor.settings.actions);
  }

  /** Does one step of a trial. @returns the reward for it */
  act(trial: InteractiveTrial, random: Random): number {
    const values = this.actor.show(trial.observe(), windows.step, 0, random);
    const noise = this.#learning.readout?.noise ?? 0;
    // Equal counts are common: a small noise decides between them.
    this.#noise.forEach((_, action) => (this.#noise[action] = random.normal()));
    return trial.act(values.map((value, action) => value + (noise || 1e-6) * this.#noise[action]!));
  }

  /** Tells what a reward was worth. @param kind of the trial: each has a mean of its own */
  reward(reward: number, kind: number, random: Random): void {
    const { baseline, readout } = this.#learning;
    const deviation = baseline === 'none' ? reward : this.#beyondMean(reward, kind);
    if (readout === undefined) this.actor.show(this.#nothing, windows.reward, deviation, random);
    else this.#changeReadout(readout.learningRate, deviation);
  }

  /** Time in which nothing is shown and nothing is paid. */
  pause(milliseconds: number, random: Random): void {
    this.actor.show(this.#nothing, milliseconds, 0, random);
  }

  #beyondMean(reward: number, kind: number): number {
    const deviationOf = this.#means.get(kind) ?? rewardBaseline(shareOfNewest);
    this.#means.set(kind, deviationOf);
    return deviationOf(Float64Array.of(reward))[0]!;
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
