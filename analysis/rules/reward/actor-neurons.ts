// A layer of neurons that fire at random, and the senders that tell them of inputs: everything but what synapses learn; analysis process.
import type { Random } from '../base/random.ts';

export interface ActorSettings {
  readonly inputs: number;
  readonly actions: number;
  /** Shared out among the actions. */
  readonly neurons: number;
  readonly sendersPerInput: number;
  /** Of a sender whose input is 1. */
  readonly cueRateHz: number;
  /** Of every sender, always: the distal reward problem is there only where something goes on in between (Izhikevich 2007). */
  readonly backgroundRateHz: number;
  readonly membraneMilliseconds: number;
  /** Potentials are pure numbers: an arriving spike adds the weight. */
  readonly threshold: number;
  /** How far around the threshold firing is random. */
  readonly thresholdWidth: number;
  readonly largestRateHz: number;
  /** What a spike in each neuron of the other actions takes away. */
  readonly inhibition: number;
  /** Weights at first, in parts of the largest, and their deviation. */
  readonly weight: number;
  readonly weightDeviation: number;
}

/** Escape noise after Frémaux, Sprekeler & Gerstner 2010; rates of cues as in the tasks in time. */
export const actorSettings: Omit<ActorSettings, 'inputs' | 'actions' | 'neurons'> = {
  sendersPerInput: 10,
  cueRateHz: 40,
  backgroundRateHz: 1,
  membraneMilliseconds: 20,
  threshold: 4,
  thresholdWidth: 1,
  largestRateHz: 100,
  inhibition: 30,
  weight: 0.5,
  weightDeviation: 0.05,
};

/** Length of a step. */
export const actorStepMilliseconds = 2;

/** Who fired in a step. */
export interface StepSpikes {
  readonly senders: readonly number[];
  readonly neurons: readonly number[];
}

/**
 * u(t) = Σ w x(t) − inhibition × mean trace of the other actions' spikes; a neuron fires in a step of 2 ms with probability
 * ρ dt / (1 + exp((θ − u) / Δ)). Traces are of the membrane's time constant.
 */
export class ActorNeurons {
  readonly settings: ActorSettings;
  readonly senders: number;
  /** Traces of senders, and of the spikes of each action's neurons. */
  readonly #sent: Float64Array;
  readonly #fired: Float64Array;

  constructor(settings: ActorSettings) {
    this.settings = settings;
    this.senders = settings.inputs * settings.sendersPerInput;
    this.#sent = new Float64Array(this.senders);
    this.#fired = new Float64Array(settings.actions);
  }

  actionOf(neuron: number): number {
    return neuron % this.settings.actions;
  }

  /** Which input a sender tells of. */
  inputOf(sender: number): number {
    return Math.floor(sender / this.settings.sendersPerInput);
  }

  /** Forgets what was sent and fired. */
  rest(): void {
    this.#sent.fill(0);
    this.#fired.fill(0);
  }

  /**
   * @param weights neurons × senders
   * @param score if given, to it is added the slope of the logarithm of the probability that the neurons fire as they do, by each weight
   */
  step(inputs: ArrayLike<number>, weights: Float64Array, random: Random, score?: Float64Array): StepSpikes {
    const { settings } = this;
    const { neurons, actions, cueRateHz, backgroundRateHz, thresholdWidth } = settings;
    const kept = Math.exp(-actorStepMilliseconds / settings.membraneMilliseconds);
    const spikes = { senders: [] as number[], neurons: [] as number[] };
    for (let sender = 0; sender < this.senders; sender++) {
      this.#sent[sender]! *= kept;
      const rateHz = backgroundRateHz + inputs[this.inputOf(sender)]! * cueRateHz;
      if (random.uniform() >= (rateHz * actorStepMilliseconds) / 1000) continue;
      this.#sent[sender]! += 1;
      spikes.senders.push(sender);
    }
    for (let action = 0; action < actions; action++) this.#fired[action]! *= kept;
    const all = this.#fired.reduce((sum, each) => sum + each, 0);
    for (let neuron = 0; neuron < neurons; neuron++) {
      const others = all - this.#fired[this.actionOf(neuron)]!;
      const from = neuron * this.senders;
      const drive = sumOf(weights, from, this.#sent) - (settings.inhibition * others * actions) / neurons;
      const share = 1 / (1 + Math.exp((settings.threshold - drive) / thresholdWidth));
      const probability = (share * settings.largestRateHz * actorStepMilliseconds) / 1000;
      const isFiring = random.uniform() < probability;
      if (isFiring) spikes.neurons.push(neuron);
      if (score === undefined) continue;
      const outcome = isFiring ? 1 : -probability / (1 - probability);
      addTo(score, from, (outcome * (1 - share)) / thresholdWidth, this.#sent);
    }
    for (const neuron of spikes.neurons) this.#fired[this.actionOf(neuron)]! += 1;
    return spikes;
  }
}

/** Of products with a row of weights. */
function sumOf(weights: Float64Array, from: number, values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += weights[from + index]! * values[index]!;
  return sum;
}

function addTo(row: Float64Array, from: number, factor: number, values: Float64Array): void {
  for (let index = 0; index < values.length; index++) row[from + index]! += factor * values[index]!;
}
