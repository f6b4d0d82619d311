// Spikes for synapses: given times as lists for each step, and Poisson spikes; analysis process.
import type { Random } from '../base/random.ts';
import type { SynapseInput, SynapseSimulation } from './synapse-simulation.ts';

/** Times in ms of the spikes at each synapse, in any order. */
export type SpikeTimes = readonly (readonly number[])[];

/** @returns for each step the synapses that have a spike in it. A time that is no multiple of the step counts to the step it falls into. */
export function spikesByStep(
  times: SpikeTimes,
  steps: number,
  stepMilliseconds: number,
): readonly (readonly number[])[] {
  const byStep: number[][] = Array.from({ length: steps }, () => []);
  times.forEach((ofSynapse, synapse) => {
    // 30 ms are the 300th step of 0.1 ms, though 30 / 0.1 is a little less.
    for (const time of ofSynapse) byStep[Math.floor(time / stepMilliseconds + 1e-6)]?.push(synapse);
  });
  return byStep;
}

export interface Protocol {
  readonly milliseconds: number;
  readonly stepMilliseconds: number;
  readonly arrivals?: SpikeTimes;
  readonly firings?: SpikeTimes;
  /** @param time of the step in ms */
  readonly signals?: (time: number) => NonNullable<SynapseInput['signals']>;
}

/** Takes synapses through a protocol whose spikes are known beforehand. */
export function runProtocol(synapses: SynapseSimulation, protocol: Protocol): void {
  const { milliseconds, stepMilliseconds, arrivals = [], firings = [], signals } = protocol;
  const steps = Math.round(milliseconds / stepMilliseconds);
  const arriving = spikesByStep(arrivals, steps, stepMilliseconds);
  const firing = spikesByStep(firings, steps, stepMilliseconds);
  for (let step = 0; step < steps; step++) {
    synapses.step({
      arrivals: arriving[step]!,
      firings: firing[step]!,
      signals: signals?.(step * stepMilliseconds) ?? {},
    });
  }
}

/** Independent Poisson spikes of many neurons at one rate: at most one in a step, with the same probability in each. */
export class PoissonSpikes {
  readonly #count: number;
  readonly #random: Random;
  /** Logarithm of the probability that a neuron is silent in a step. */
  readonly #silence: number;
  #wait: number;

  constructor(count: number, probability: number, random: Random) {
    this.#count = count;
    this.#random = random;
    this.#silence = Math.log1p(-probability);
    this.#wait = this.#draw();
  }

  /** @returns who spikes in the next step, ascending. */
  next(): number[] {
    const spiking: number[] = [];
    // Neurons and steps in one row: the number of silent places between spikes is geometric.
    while (this.#wait < this.#count) {
      spiking.push(this.#wait);
      this.#wait += 1 + this.#draw();
    }
    this.#wait -= this.#count;
    return spiking;
  }

  #draw(): number {
    return Math.floor(Math.log1p(-this.#random.uniform()) / this.#silence);
  }
}
