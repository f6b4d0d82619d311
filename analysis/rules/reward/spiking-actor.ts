// A layer of neurons that fire at random and act by how often: its synapses learn from reward by a declared rule; analysis process.
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { rewardSymbolOf } from '../../../common/rule-study/rule-settings.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { SynapseSimulation } from '../local/synapse-simulation.ts';

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
const dtMilliseconds = 2;

/**
 * u(t) = Σ w x(t) − inhibition × mean trace of the other actions' spikes; a neuron fires in a step of 2 ms with probability
 * ρ dt / (1 + exp((θ − u) / Δ)). Traces are of the membrane's time constant.
 */
export class SpikingActor {
  readonly settings: ActorSettings;
  /** actions × neurons; at first the mean over each action's own neurons. */
  readonly readout: Matrix;
  /** Spikes of each neuron in the last window. */
  readonly counts: Float64Array;
  readonly #synapses: SynapseSimulation;
  readonly #rewardSymbol: string | undefined;
  readonly #senders: number;
  /** Traces of senders, and of the spikes of each action's neurons. */
  readonly #sent: Float64Array;
  readonly #fired: Float64Array;

  constructor(settings: ActorSettings, rule: ParsedRule, parameters: Readonly<Record<string, number>>, random: Random) {
    this.settings = settings;
    this.#senders = settings.inputs * settings.sendersPerInput;
    const { neurons, actions, weight, weightDeviation } = settings;
    const weights = Float64Array.from({ length: neurons * this.#senders }, () =>
      Math.min(1, Math.max(0, weight + weightDeviation * random.normal())),
    );
    this.#synapses = new SynapseSimulation(rule, parameters, {
      count: weights.length,
      stepMilliseconds: dtMilliseconds,
      weights,
    });
    this.#rewardSymbol = rewardSymbolOf(rule.declaration);
    this.readout = new Matrix(actions, neurons).map((_, index) =>
      this.actionOf(index % neurons) === Math.floor(index / neurons) ? actions / neurons : 0,
    );
    this.counts = new Float64Array(neurons);
    this.#sent = new Float64Array(this.#senders);
    this.#fired = new Float64Array(actions);
  }

  /** neurons × senders */
  get weights(): Float64Array {
    return this.#synapses.weights;
  }

  /** Of synapses from senders to neurons, and from neurons to actions. */
  get synapseCount(): number {
    return this.weights.length + this.readout.values.length;
  }

  actionOf(neuron: number): number {
    return neuron % this.settings.actions;
  }

  /** Which input a sender tells of. */
  inputOf(sender: number): number {
    return Math.floor(sender / this.settings.sendersPerInput);
  }

  /** Forgets everything that decays, as in a long pause: what synapses, membranes and neurons remember. Weights stay. */
  rest(): void {
    const { w: _, ...variables } = this.#synapses.state;
    for (const values of [...Object.values(variables), ...Object.values(this.#synapses.memories)]) values.fill(0);
    this.#sent.fill(0);
    this.#fired.fill(0);
  }

  /**
   * Shows inputs for a time. @param reward that synapses are told all the while, less its mean
   * @returns for each action its readout of the spikes
   */
  show(inputs: ArrayLike<number>, milliseconds: number, reward: number, random: Random): Float64Array {
    this.counts.fill(0);
    const signals = this.#rewardSymbol === undefined ? {} : { [this.#rewardSymbol]: reward };
    for (let time = 0; time < milliseconds; time += dtMilliseconds) this.#step(inputs, signals, random);
    return new Matrix(1, this.counts.length, this.counts.slice()).timesTransposed(this.readout).values;
  }

  #step(inputs: ArrayLike<number>, signals: Readonly<Record<string, number>>, random: Random): void {
    const { settings } = this;
    const { neurons, actions, cueRateHz, backgroundRateHz } = settings;
    const kept = Math.exp(-dtMilliseconds / settings.membraneMilliseconds);
    const arrivals: number[] = [];
    for (let sender = 0; sender < this.#senders; sender++) {
      this.#sent[sender]! *= kept;
      const rateHz = backgroundRateHz + inputs[this.inputOf(sender)]! * cueRateHz;
      if (random.uniform() >= (rateHz * dtMilliseconds) / 1000) continue;
      this.#sent[sender]! += 1;
      for (let neuron = 0; neuron < neurons; neuron++) arrivals.push(neuron * this.#senders + sender);
    }
    for (let action = 0; action < actions; action++) this.#fired[action]! *= kept;
    const all = this.#fired.reduce((sum, each) => sum + each, 0);
    const firing: number[] = [];
    for (let neuron = 0; neuron < neurons; neuron++) {
      const others = all - this.#fired[this.actionOf(neuron)]!;
      const drive = this.#driveOf(neuron) - (settings.inhibition * others * actions) / neurons;
      const rateHz = settings.largestRateHz / (1 + Math.exp((settings.threshold - drive) / settings.thresholdWidth));
      if (random.uniform() < (rateHz * dtMilliseconds) / 1000) firing.push(neuron);
    }
    const firings: number[] = [];
    for (const neuron of firing) {
      this.counts[neuron]! += 1;
      this.#fired[this.actionOf(neuron)]! += 1;
      for (let sender = 0; sender < this.#senders; sender++) firings.push(neuron * this.#senders + sender);
    }
    this.#synapses.step({ arrivals, firings, signals });
  }

  #driveOf(neuron: number): number {
    let drive = 0;
    const from = neuron * this.#senders;
    for (let sender = 0; sender < this.#senders; sender++) drive += this.weights[from + sender]! * this.#sent[sender]!;
    return drive;
  }
}
