// What a task that unfolds in time is to networks, studies and checks; analysis process.
import type { Random } from '../base/random.ts';

/** How a trial went. */
export interface Judgement {
  readonly cost: number;
  /** steps × outputs: slopes of the cost by the outputs. */
  readonly errors: Float64Array;
  /** 1 right, 0 wrong, or in between; larger is better. Of a task without right and wrong: minus the normalised cost. */
  readonly score: number;
}

export interface TemporalTrial {
  readonly steps: number;
  /** steps × inputs */
  readonly inputs: Float64Array;
  /** @param outputs steps × outputs */
  judge(outputs: Float64Array): Judgement;
}

export interface TemporalTask {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  trial(random: Random): TemporalTrial;
}

/** A trial in which what comes next depends on what was done. */
export interface InteractiveTrial {
  /** Which kind of trial it is, its cue or target: rewards have a mean for each kind. */
  readonly kind: number;
  readonly isOver: boolean;
  /** What the network sees now; inputs. */
  observe(): Float64Array;
  /** Does one step. @param action outputs. @returns the reward for it. */
  act(action: Float64Array): number;
  /** What the last action earns in the mean, where rewards are drawn. */
  readonly expectedReward?: number;
  /** What a teacher would have had done, where anybody knows it: for rules that are instructed and not rewarded. */
  readonly rightAction?: number;
  /** Slopes of what the reward lacks, by the outputs just acted with: for rules that are told more than a reward. */
  readonly errors: Float64Array;
}

export interface InteractiveTask {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  begin(random: Random): InteractiveTrial;
}
