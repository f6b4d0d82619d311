// How well a spiking network learns to follow sums of sinusoids by different kinds of credit; analysis process.
import { Random } from '../base/random.ts';
import { patternGeneration, type PatternSettings, patternSettings } from '../tasks/pattern-generation.ts';
import { Adam } from './adam.ts';
import { creditAngles } from './credit-angles.ts';
import { createFeedback, type FeedbackKind } from './feedback.ts';
import { firingRatesHz, type RateTarget, rateSpikeCosts } from './firing-rates.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import { evidenceSettings, SpikingNetwork } from './spiking-network.ts';
import { type AddGradient, addSurrogateGradient, type CreditOptions, SpikingGradient } from './surrogate-gradient.ts';

/** How hidden synapses learn; 'readout-only' is the control whose hidden synapses stay. */
export type PatternCredit = 'bptt' | `e-prop-${FeedbackKind}` | 'readout-only';

export interface PatternStudy {
  readonly credit: PatternCredit;
  readonly seed: number;
  readonly iterations: number;
  readonly neurons?: number;
  readonly learningRate?: number;
  readonly rates?: RateTarget;
  readonly task?: PatternSettings;
}

export interface PatternProgress {
  readonly iteration: number;
  /** Between the rule's change and the whole gradient, for the synapses of the neurons and for the readout; takes as long as an iteration. */
  anglesDegrees(): (number | null)[];
}

const feedbackOf = (credit: PatternCredit): FeedbackKind => {
  const kinds = ['symmetric', 'random', 'broadcast', 'adaptive'] as const;
  return kinds.find((kind) => credit === `e-prop-${kind}`) ?? 'symmetric';
};

/**
 * 60 LIF neurons with weak recurrence, as spikes are kept near 20 Hz. Backpropagation goes through the reset as well: without
 * it, errors that return through the network grow, and it does worse than e-prop.
 * @returns squared error over squared target before each iteration, and after the last
 */
export function runPatternGeneration(
  study: PatternStudy,
  add: AddGradient = addSurrogateGradient,
  onIteration: (progress: PatternProgress) => void = () => undefined,
): readonly number[] {
  const { seed, neurons = 60, learningRate = 0.01, rates = { rateHz: 20, coefficient: 1 } } = study;
  const task = patternGeneration(new Random(seed, 5), study.task ?? patternSettings);
  const { inputs, steps, judge } = task.trial(new Random(seed, 6));
  const { outputs } = task;
  const settings = { ...evidenceSettings, inputs: task.inputs, outputs, neurons, adaptive: 0, refractorySteps: 2 };
  const network = SpikingNetwork.random(settings, new Random(seed), 0.3);
  const feedback = createFeedback(feedbackOf(study.credit), network, new Random(seed, 3), 0.001);
  const gradient = new SpikingGradient(network);
  const ofSynapses = new Adam(network.synapses.values.length, learningRate);
  const ofReadout = new Adam(network.readout.values.length, 2 * learningRate);
  const [isWhole, isReadoutOnly] = [study.credit === 'bptt', study.credit === 'readout-only'];
  const costs: number[] = [];
  let activity: SpikingActivity | undefined;
  for (let iteration = 0; iteration <= study.iterations; iteration++) {
    activity = network.run(inputs, activity);
    const { errors, score } = judge(activity.outputs);
    costs.push(-score);
    const credit: CreditOptions = { throughRecurrence: isWhole, throughReset: isWhole, feedback: feedback.weights };
    const trials = [{ inputs, activity, errors }];
    onIteration({
      iteration,
      anglesDegrees: () => creditAngles(network, trials, isReadoutOnly ? undefined : credit, add),
    });
    if (iteration === study.iterations) break;
    const spikeCosts = rateSpikeCosts(
      firingRatesHz([activity], settings.dtMilliseconds),
      rates,
      steps,
      settings.dtMilliseconds,
    );
    gradient.clear();
    add(gradient, network, inputs, activity, errors, { ...credit, spikeCosts });
    if (!isReadoutOnly) ofSynapses.step(network.synapses.values, gradient.synapses.values);
    const before = network.readout.copy();
    ofReadout.step(network.readout.values, gradient.readout.values);
    feedback.follow(network.readout.minus(before));
  }
  return costs;
}
