// Learns and tests evidence accumulation batch by batch; analysis process.
import { adamLearningRates } from '../../../common/rule-study/time-task.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { mean } from '../base/vectors.ts';
import type { Judgement, TemporalTask } from '../tasks/temporal-task.ts';
import { Adam } from './adam.ts';
import { creditAngles } from './credit-angles.ts';
import type { EvidenceStudy } from './evidence-study.ts';
import { createFeedback } from './feedback.ts';
import { firingRatesHz, rateSpikeCosts, type RateTarget } from './firing-rates.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import { BatchCredit, type BatchTrial } from './spiking-credit.ts';
import type { SpikingNetwork } from './spiking-network.ts';
import { type AddGradient, SpikingGradient } from './surrogate-gradient.ts';

/** What of a study decides how a batch is learned. */
export type LearnerStudy = Pick<
  EvidenceStudy,
  'credit' | 'rates' | 'noiseDeviation' | 'learningRate' | 'synapsesLearningRate'
>;

function feedbackOf({ credit }: LearnerStudy, network: SpikingNetwork, random: Random): Matrix | undefined {
  if (credit === 'e-prop-random') return network.readout.map(() => random.normal());
  return credit === 'e-prop-broadcast' ? createFeedback('broadcast', network, random).weights : undefined;
}

export class EvidenceLearner {
  readonly #add: AddGradient;
  readonly #network: SpikingNetwork;
  readonly #rates: RateTarget;
  readonly #gradient: SpikingGradient;
  readonly #synapses: Adam;
  readonly #readout: Adam;
  readonly #credit: BatchCredit;
  readonly #random: Random;
  readonly #activities: SpikingActivity[] = [];

  /** @param random for feedback and noise */
  constructor(network: SpikingNetwork, study: LearnerStudy, random: Random, add: AddGradient) {
    const {
      credit,
      learningRate = adamLearningRates['evidence-accumulation'],
      rates = { rateHz: 10, coefficient: 1 },
      noiseDeviation = 0,
    } = study;
    this.#add = add;
    this.#network = network;
    this.#rates = rates;
    this.#gradient = new SpikingGradient(network);
    this.#synapses = new Adam(network.synapses.values.length, study.synapsesLearningRate ?? learningRate);
    this.#readout = new Adam(network.readout.values.length, learningRate);
    this.#credit = new BatchCredit(credit, feedbackOf(study, network, random), noiseDeviation, add);
    this.#random = random;
  }

  /** @returns the mean rate in the batch that was learned from */
  learn(task: TemporalTask, batch: number, random: Random): { readonly meanRateHz: number } {
    const network = this.#network;
    const { dtMilliseconds } = network.settings;
    const trials = this.#runBatch(task, batch, random);
    const rates = firingRatesHz(
      trials.map(({ activity }) => activity),
      dtMilliseconds,
    );
    const spikeCosts = rateSpikeCosts(rates, this.#rates, trials[0]!.activity.steps, dtMilliseconds);
    this.#gradient.clear();
    this.#credit.addTo(this.#gradient, network, trials, this.#random, spikeCosts);
    const { synapses, readout } = this.#gradient;
    if (!this.#credit.isReadoutOnly) this.#synapses.step(network.synapses.values, synapses.scaled(1 / batch).values);
    this.#readout.step(network.readout.values, readout.scaled(1 / batch).values);
    return { meanRateHz: mean(rates) };
  }

  /** @param hasAngles whether they are measured: it takes as long as learning from the batch twice. @returns no angles otherwise */
  test(task: TemporalTask, batch: number, random: Random, hasAngles = false) {
    const trials = this.#runBatch(task, batch, random);
    const rates = firingRatesHz(
      trials.map(({ activity }) => activity),
      this.#network.settings.dtMilliseconds,
    );
    return {
      error: mean(trials.map(({ score }) => 1 - score)),
      cost: mean(trials.map(({ cost }) => cost)),
      meanRateHz: mean(rates),
      anglesDegrees: hasAngles ? this.#angles(trials) : [],
    };
  }

  #angles(trials: readonly BatchTrial[]): (number | null)[] {
    const own = new SpikingGradient(this.#network);
    this.#credit.addTo(own, this.#network, trials, this.#random);
    return creditAngles(this.#network, trials, own, this.#add);
  }

  /** Memory of activities is used again: a batch is some hundred megabytes. */
  #runBatch(task: TemporalTask, batch: number, random: Random): (BatchTrial & Judgement)[] {
    const trials = Array.from({ length: batch }, () => task.trial(random));
    return trials.map(({ inputs, judge }, index) => {
      const activity = (this.#activities[index] = this.#network.run(inputs, this.#activities[index]));
      return { inputs, judge, activity, ...judge(activity.outputs) };
    });
  }
}
