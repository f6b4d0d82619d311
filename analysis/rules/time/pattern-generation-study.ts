// How well a spiking network learns to follow sums of sinusoids by different kinds of credit; analysis process.
import { adamLearningRates } from '../../../common/rule-study/time-task.ts';
import { Random } from '../base/random.ts';
import { patternGeneration, type PatternSettings, patternSettings } from '../tasks/pattern-generation.ts';
import { Adam } from './adam.ts';
import { creditAngles } from './credit-angles.ts';
import { createFeedback, type FeedbackKind } from './feedback.ts';
import { firingRatesHz, type RateTarget, rateSpikeCosts } from './firing-rates.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import { BatchCredit, type SpikingCredit } from './spiking-credit.ts';
import { evidenceSettings, SpikingNetwork } from './spiking-network.ts';
import { type AddGradient, addSurrogateGradient, SpikingGradient } from './surrogate-gradient.ts';

export interface PatternStudy {
  /** How hidden synapses learn; 'readout-only' is the control whose hidden synapses stay. */
  readonly credit: SpikingCredit;
  readonly seed: number;
  readonly iterations: number;
  readonly neurons?: number;
  /** Of Adam: half of that of the readout, and that of the synapses of the neurons unless they have one of their own. */
  readonly learningRate?: number | undefined;
  readonly synapsesLearningRate?: number | undefined;
  /** Of rules that try out noise; others draw none. */
  readonly noiseDeviation?: number | undefined;
  readonly rates?: RateTarget;
  readonly task?: PatternSettings;
}

export interface PatternProgress {
  readonly iteration: number;
  /** Between the rule's change and the whole gradient, for the synapses of the neurons and for the readout; takes as long as an iteration. */
  anglesDegrees(): (number | null)[];
}

const feedbackOf = (credit: SpikingCredit): FeedbackKind => {
  const kinds = ['symmetric', 'random', 'broadcast', 'adaptive'] as const;
  return kinds.find((kind) => credit === `e-prop-${kind}`) ?? 'symmetric';
};

/**
 * 60 LIF neurons with weak recurrence, as spikes are kept near 20 Hz. Backpropagation goes through the reset as well: without
 * it, errors that return through the network grow, and it does worse than e-prop.
 * @returns squared error over squared target before each iteration, and after the last; nothing after one that is no number
 */
export function runPatternGeneration(
  study: PatternStudy,
  add: AddGradient = addSurrogateGradient,
  onIteration: (progress: PatternProgress) => void = () => undefined,
): readonly number[] {
  const {
    seed,
    neurons = 60,
    learningRate = adamLearningRates['pattern-generation'],
    rates = { rateHz: 20, coefficient: 1 },
  } = study;
  const task = patternGeneration(new Random(seed, 5), study.task ?? patternSettings);
  const { inputs, steps, judge } = task.trial(new Random(seed, 6));
  const { outputs } = task;
  const settings = { ...evidenceSettings, inputs: task.inputs, outputs, neurons, adaptive: 0, refractorySteps: 2 };
  const network = SpikingNetwork.random(settings, new Random(seed), 0.3);
  const feedback = createFeedback(feedbackOf(study.credit), network, new Random(seed, 3), 0.001);
  const gradient = new SpikingGradient(network);
  const ofSynapses = new Adam(network.synapses.values.length, study.synapsesLearningRate ?? learningRate);
  const ofReadout = new Adam(network.readout.values.length, 2 * learningRate);
  const credit = new BatchCredit(study.credit, feedback.weights, study.noiseDeviation ?? 0, add);
  const random = new Random(seed, 4);
  const costs: number[] = [];
  let activity: SpikingActivity | undefined;
  for (let iteration = 0; iteration <= study.iterations; iteration++) {
    activity = network.run(inputs, activity);
    const judgement = judge(activity.outputs);
    costs.push(-judgement.score);
    const trials = [{ inputs, judge, activity, ...judgement }];
    onIteration({
      iteration,
      anglesDegrees() {
        const own = new SpikingGradient(network);
        credit.addTo(own, network, trials, random);
        return creditAngles(network, trials, own, add);
      },
    });
    if (iteration === study.iterations || !Number.isFinite(costs.at(-1))) break;
    const spikeCosts = rateSpikeCosts(
      firingRatesHz([activity], settings.dtMilliseconds),
      rates,
      steps,
      settings.dtMilliseconds,
    );
    gradient.clear();
    credit.addTo(gradient, network, trials, random, spikeCosts);
    if (!credit.isReadoutOnly) ofSynapses.step(network.synapses.values, gradient.synapses.values);
    const before = network.readout.copy();
    ofReadout.step(network.readout.values, gradient.readout.values);
    feedback.follow(network.readout.minus(before));
  }
  return costs;
}
