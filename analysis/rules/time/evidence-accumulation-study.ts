// Whether a spiking network learns to accumulate evidence over seconds, with adaptive thresholds and without; analysis process.
import { Random } from '../base/random.ts';
import { evidenceAccumulation, type EvidenceSettings, evidenceTaskSettings } from '../tasks/evidence-accumulation.ts';
import type { TemporalTask } from '../tasks/temporal-task.ts';
import { Adam } from './adam.ts';
import { firingRatesHz, type RateTarget, rateSpikeCosts } from './firing-rates.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import { evidenceSettings, SpikingNetwork, type SpikingSettings } from './spiking-network.ts';
import { type AddGradient, addSurrogateGradient, SpikingGradient } from './surrogate-gradient.ts';

export interface EvidenceStudy {
  /** How many of the 100 neurons have an adaptive threshold; 50 in Bellec et al. 2020, 0 for the control. */
  readonly adaptive: number;
  readonly neurons?: number;
  /** What else differs from the paper's network. */
  readonly network?: Partial<SpikingSettings>;
  readonly seed: number;
  readonly iterations: number;
  readonly batch?: number;
  readonly learningRate?: number;
  /** e-prop in the reverse order of its sums, the whole gradient, or none for synapses between neurons. */
  readonly credit: 'e-prop-symmetric' | 'e-prop-random' | 'bptt' | 'readout-only';
  readonly rates?: RateTarget;
  readonly task?: EvidenceSettings;
  /** Ends when the error over 8 fresh batches is below; 0.07 in Bellec et al. 2020. */
  readonly stopBelow?: number;
  /** Every how many iterations a fresh batch is tested. */
  readonly testEvery?: number;
}

export interface EvidenceProgress {
  readonly iteration: number;
  /** Part of a fresh batch that was answered wrongly. */
  readonly error: number;
  readonly cost: number;
  readonly meanRateHz: number;
}

export interface EvidenceResult {
  readonly history: readonly EvidenceProgress[];
  /** Over 8 fresh batches, at the end. */
  readonly finalError: number;
  readonly iterations: number;
}

/**
 * With the paper's settings an iteration of e-prop takes about half a second on one core, of backpropagation about two. Seed 1,
 * symmetric e-prop: 50 adaptive neurons below 7 % error after 1630 iterations, and near 11 % from 600 on; none adaptive: 48 %
 * after 2000.
 * @param onProgress after each test; false ends the study.
 */
export function runEvidenceAccumulation(
  study: EvidenceStudy,
  onProgress: (progress: EvidenceProgress) => boolean | undefined = () => undefined,
  add: AddGradient = addSurrogateGradient,
): EvidenceResult {
  const { batch = 64, learningRate = 0.005, stopBelow = 0.07, testEvery = 10 } = study;
  const task = evidenceAccumulation(study.task ?? evidenceTaskSettings);
  const trials = new Random(study.seed, 1);
  const tests = new Random(study.seed, 2);
  const { adaptive, neurons = evidenceSettings.neurons } = study;
  const network = SpikingNetwork.random(
    { ...evidenceSettings, ...study.network, adaptive, neurons, inputs: task.inputs },
    new Random(study.seed),
  );
  const learner = new BatchLearner(network, study, learningRate, new Random(study.seed, 3), add);
  const history: EvidenceProgress[] = [];
  const errorOf = (batches: number) => {
    const results = Array.from({ length: batches }, () => learner.test(task, batch, tests));
    return results.reduce((sum, { error }) => sum + error / batches, 0);
  };
  let iteration = 0;
  for (; iteration < study.iterations; iteration++) {
    if (iteration % testEvery === 0) {
      const progress = { iteration, ...learner.test(task, batch, tests) };
      history.push(progress);
      if (onProgress(progress) === false) break;
      if (iteration > 0 && progress.error < stopBelow && errorOf(8) < stopBelow) break;
    }
    learner.learn(task, batch, trials);
  }
  return { history, finalError: errorOf(8), iterations: iteration };
}

class BatchLearner {
  readonly #add: AddGradient;
  readonly #network: SpikingNetwork;
  readonly #study: EvidenceStudy;
  readonly #gradient: SpikingGradient;
  readonly #synapses: Adam;
  readonly #readout: Adam;
  readonly #feedback;
  readonly #activities: SpikingActivity[] = [];

  constructor(network: SpikingNetwork, study: EvidenceStudy, learningRate: number, random: Random, add: AddGradient) {
    this.#add = add;
    this.#network = network;
    this.#study = study;
    this.#gradient = new SpikingGradient(network);
    this.#synapses = new Adam(network.synapses.values.length, learningRate);
    this.#readout = new Adam(network.readout.values.length, learningRate);
    this.#feedback = study.credit === 'e-prop-random' ? network.readout.map(() => random.normal()) : undefined;
  }

  learn(task: TemporalTask, batch: number, random: Random): void {
    const network = this.#network;
    const { dtMilliseconds } = network.settings;
    const trials = Array.from({ length: batch }, () => task.trial(random));
    const activities = trials.map(({ inputs }, index) => this.#run(inputs, index));
    const rates = firingRatesHz(activities, dtMilliseconds);
    const { rates: target = { rateHz: 10, coefficient: 1 } } = this.#study;
    const spikeCosts = rateSpikeCosts(rates, target, trials[0]!.steps, dtMilliseconds);
    this.#gradient.clear();
    const options = {
      throughRecurrence: this.#study.credit === 'bptt',
      throughReset: false,
      spikeCosts,
      ...(this.#feedback === undefined ? {} : { feedback: this.#feedback }),
    };
    for (const [index, { inputs, judge }] of trials.entries()) {
      const activity = activities[index]!;
      this.#add(this.#gradient, network, inputs, activity, judge(activity.outputs).errors, options);
    }
    const { synapses, readout } = this.#gradient;
    if (this.#study.credit !== 'readout-only')
      this.#synapses.step(network.synapses.values, synapses.scaled(1 / batch).values);
    this.#readout.step(network.readout.values, readout.scaled(1 / batch).values);
  }

  test(task: TemporalTask, batch: number, random: Random) {
    let [error, cost] = [0, 0];
    const activities: SpikingActivity[] = [];
    for (let index = 0; index < batch; index++) {
      const { inputs, judge } = task.trial(random);
      const activity = this.#run(inputs, index);
      const judgement = judge(activity.outputs);
      error += (1 - judgement.score) / batch;
      cost += judgement.cost / batch;
      activities.push(activity);
    }
    const rates = firingRatesHz(activities, this.#network.settings.dtMilliseconds);
    return { error, cost, meanRateHz: rates.reduce((sum, each) => sum + each / rates.length, 0) };
  }

  /** Memory of trials is used again: a batch is some hundred megabytes. */
  #run(inputs: Float64Array, index: number): SpikingActivity {
    return (this.#activities[index] = this.#network.run(inputs, this.#activities[index]));
  }
}
