// A layer of neurons that fire at random and act by how often: its synapses learn from reward by a declared rule; analysis process.
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { instructionSymbolOf, rewardSymbolOf } from '../../../common/rule-study/rule-settings.ts';
import type { Values } from '../../../common/learning-rule/vector-equation.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { SynapseSimulation } from '../local/synapse-simulation.ts';
import { ActorNeurons, type ActorSettings, actorStepMilliseconds } from './actor-neurons.ts';

/** What comes to synapses from elsewhere. */
export interface Told {
  /** Less its mean. */
  readonly reward: number;
  /** Neurons of this action are instructed: their plateau is 1, that of the others 0. */
  readonly rightAction?: number | undefined;
}

export const toldNothing: Told = { reward: 0 };

export class SpikingActor {
  readonly neurons: ActorNeurons;
  /** actions × neurons; at first the mean over each action's own neurons. */
  readonly readout: Matrix;
  /** Spikes of each neuron in the last window. */
  readonly counts: Float64Array;
  readonly #synapses: SynapseSimulation;
  readonly #rewardSymbol: string | undefined;
  readonly #instructionSymbol: string | undefined;

  constructor(settings: ActorSettings, rule: ParsedRule, parameters: Readonly<Record<string, number>>, random: Random) {
    this.neurons = new ActorNeurons(settings);
    const { neurons, actions, weight, weightDeviation } = settings;
    const weights = Float64Array.from({ length: neurons * this.neurons.senders }, () =>
      Math.min(1, Math.max(0, weight + weightDeviation * random.normal())),
    );
    this.#synapses = new SynapseSimulation(rule, parameters, {
      count: weights.length,
      stepMilliseconds: actorStepMilliseconds,
      weights,
    });
    this.#rewardSymbol = rewardSymbolOf(rule.declaration);
    this.#instructionSymbol = instructionSymbolOf(rule.declaration);
    this.readout = new Matrix(actions, neurons).map((_, index) =>
      this.neurons.actionOf(index % neurons) === Math.floor(index / neurons) ? actions / neurons : 0,
    );
    this.counts = new Float64Array(neurons);
  }

  /** neurons × senders */
  get weights(): Float64Array {
    return this.#synapses.weights;
  }

  /** Of synapses from senders to neurons, and from neurons to actions. */
  get synapseCount(): number {
    return this.weights.length + this.readout.values.length;
  }

  /** Forgets everything that decays, as in a long pause: what synapses, membranes and neurons remember. Weights stay. */
  rest(): void {
    const { w: _, ...variables } = this.#synapses.state;
    for (const values of [...Object.values(variables), ...Object.values(this.#synapses.memories)]) values.fill(0);
    this.neurons.rest();
  }

  /**
   * Shows inputs for a time.
   * @param told what synapses are told all the while
   * @returns for each action its readout of the spikes
   */
  show(inputs: ArrayLike<number>, milliseconds: number, told: Told, random: Random): Float64Array {
    this.counts.fill(0);
    const signals = this.#signalsOf(told);
    const { senders } = this.neurons;
    const neurons = this.counts.length;
    for (let time = 0; time < milliseconds; time += actorStepMilliseconds) {
      const spikes = this.neurons.step(inputs, this.weights, random);
      const arrivals: number[] = [];
      for (const sender of spikes.senders)
        for (let neuron = 0; neuron < neurons; neuron++) arrivals.push(neuron * senders + sender);
      const firings: number[] = [];
      for (const neuron of spikes.neurons) {
        this.counts[neuron]! += 1;
        for (let sender = 0; sender < senders; sender++) firings.push(neuron * senders + sender);
      }
      this.#synapses.step({ arrivals, firings, signals });
    }
    return actionValues(this.readout, this.counts);
  }

  /** A rule is told what its declaration asks for, and nothing else. */
  #signalsOf({ reward, rightAction }: Told): Readonly<Record<string, Values>> {
    const [rewardSymbol, instruction] = [this.#rewardSymbol, this.#instructionSymbol];
    const isInstructed = (synapse: number) =>
      this.neurons.actionOf(Math.floor(synapse / this.neurons.senders)) === rightAction;
    return {
      ...(rewardSymbol === undefined ? {} : { [rewardSymbol]: reward }),
      ...(instruction === undefined
        ? {}
        : { [instruction]: this.weights.map((_, synapse) => Number(isInstructed(synapse))) }),
    };
  }
}

/** @param readout actions × neurons. @param counts of spikes */
export const actionValues = (readout: Matrix, counts: Float64Array): Float64Array =>
  new Matrix(1, counts.length, counts.slice()).timesTransposed(readout).values;
