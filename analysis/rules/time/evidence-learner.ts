// Learns and tests evidence accumulation batch by batch; analysis process.
import type { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { mean } from '../base/vectors.ts';
import type { TemporalTask } from '../tasks/temporal-task.ts';
import { Adam } from './adam.ts';
import { creditAngles, type JudgedTrial } from './credit-angles.ts';
import type { EvidenceStudy } from './evidence-study.ts';
import { createFeedback } from './feedback.ts';
import { firingRatesHz, rateSpikeCosts } from './firing-rates.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import type { SpikingNetwork } from './spiking-network.ts';
import { type AddGradient, SpikingGradient } from './surrogate-gradient.ts';

/** What of a study decides how a batch is learned. */
export type BatchCredit = Pick<EvidenceStudy, 'credit' | 'rates'>;

function feedbackOf({ credit }: BatchCredit, network: SpikingNetwork, random: Random): Matrix | undefined {
  if (credit === 'e-prop-random') return network.readout.map(() => random.normal());
  return credit === 'e-prop-broadcast' ? createFeedback('broadcast', network, random).weights : undefined;
}

export class EvidenceLearner {
  readonly #add: AddGradient;
  readonly #network: SpikingNetwork;
  readonly #study: BatchCredit;
  readonly #gradient: SpikingGradient;
  readonly #synapses: Adam;
  readonly #readout: Adam;
  readonly #feedback;
  readonly #activities: SpikingActivity[] = [];

  constructor(network: SpikingNetwork, study: BatchCredit, learningRate: number, random: Random, add: AddGradient) {
    this.#add = add;
    this.#network = network;
    this.#study = study;
    this.#gradient = new SpikingGradient(network);
    this.#synapses = new Adam(network.synapses.values.length, learningRate);
    this.#readout = new Adam(network.readout.values.length, learningRate);
    this.#feedback = feedbackOf(study, network, random);
  }

  /** @returns the mean rate in the batch that was learned from */
  learn(task: TemporalTask, batch: number, random: Random): { readonly meanRateHz: number } {
    const network = this.#network;
    const { dtMilliseconds } = network.settings;
    const trials = Array.from({ length: batch }, () => task.trial(random));
    const activities = trials.map(({ inputs }, index) => this.#run(inputs, index));
    const rates = firingRatesHz(activities, dtMilliseconds);
    const { rates: target = { rateHz: 10, coefficient: 1 } } = this.#study;
    const spikeCosts = rateSpikeCosts(rates, target, trials[0]!.steps, dtMilliseconds);
    this.#gradient.clear();
    const options = { ...this.#credit, spikeCosts };
    for (const [index, { inputs, judge }] of trials.entries()) {
      const activity = activities[index]!;
      this.#add(this.#gradient, network, inputs, activity, judge(activity.outputs).errors, options);
    }
    const { synapses, readout } = this.#gradient;
    if (this.#study.credit !== 'readout-only')
      this.#synapses.step(network.synapses.values, synapses.scaled(1 / batch).values);
    this.#readout.step(network.readout.values, readout.scaled(1 / batch).values);
    return { meanRateHz: mean(rates) };
  }

  get #credit() {
    const isWhole = this.#study.credit === 'bptt';
    return {
      throughRecurrence: isWhole,
      throughReset: isWhole,
      ...(this.#feedback === undefined ? {} : { feedback: this.#feedback }),
    };
  }

  /** @param hasAngles whether they are measured: it takes as long as learning from the batch twice. @returns no angles otherwise */
  test(task: TemporalTask, batch: number, random: Random, hasAngles = false) {
    let [error, cost] = [0, 0];
    const activities: SpikingActivity[] = [];
    const judged: JudgedTrial[] = [];
    for (let index = 0; index < batch; index++) {
      const { inputs, judge } = task.trial(random);
      const activity = this.#run(inputs, index);
      const judgement = judge(activity.outputs);
      error += (1 - judgement.score) / batch;
      cost += judgement.cost / batch;
      activities.push(activity);
      if (hasAngles) judged.push({ inputs, activity, errors: judgement.errors });
    }
    const rates = firingRatesHz(activities, this.#network.settings.dtMilliseconds);
    const credit = this.#study.credit === 'readout-only' ? undefined : this.#credit;
    const anglesDegrees = hasAngles ? creditAngles(this.#network, judged, credit, this.#add) : [];
    return { error, cost, meanRateHz: mean(rates), anglesDegrees };
  }

  /** Memory of trials is used again: a batch is some hundred megabytes. */
  #run(inputs: Float64Array, index: number): SpikingActivity {
    return (this.#activities[index] = this.#network.run(inputs, this.#activities[index]));
  }
}
