// How a spiking network's batch of trials becomes what a rule takes for its gradient; analysis process.
import type { FeedbackKind } from './feedback.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { JudgedTrial } from './credit-angles.ts';
import type { SpikingNetwork } from './spiking-network.ts';
import { type AddPerturbation, perturbNodes, perturbWeights, type TriedTrial } from './spiking-perturbation.ts';
import type { AddGradient, CreditOptions, SpikingGradient } from './surrogate-gradient.ts';

/**
 * e-prop in the reverse order of its sums, the whole gradient, what noise did to the cost, or none for synapses between neurons. The
 * whole gradient goes through the reset: without it errors that return through the network grow.
 */
export type SpikingCredit =
  'bptt' | `e-prop-${FeedbackKind}` | 'node-perturbation' | 'weight-perturbation' | 'readout-only';

/** A trial of a batch that the network has gone through. */
export type BatchTrial = JudgedTrial & TriedTrial;

export class BatchCredit {
  readonly #credit: SpikingCredit;
  readonly #feedback: Matrix | undefined;
  readonly #perturb: AddPerturbation | undefined;
  readonly #add: AddGradient;

  /**
   * @param feedback outputs × neurons, of e-prop; the readout's own weights if undefined
   * @param noiseDeviation of rules that try out noise
   */
  constructor(credit: SpikingCredit, feedback: Matrix | undefined, noiseDeviation: number, add: AddGradient) {
    this.#credit = credit;
    this.#feedback = feedback;
    this.#add = add;
    if (credit === 'node-perturbation') this.#perturb = perturbNodes(noiseDeviation);
    if (credit === 'weight-perturbation') this.#perturb = perturbWeights(noiseDeviation);
  }

  /** Whether the synapses between neurons stay. */
  get isReadoutOnly(): boolean {
    return this.#credit === 'readout-only';
  }

  /**
   * Adds the sum over the trials. The readout's is the gradient whatever the rule.
   * @param spikeCosts of a regulariser of firing rates. @param random for what the rule draws
   */
  addTo(
    gradient: SpikingGradient,
    network: SpikingNetwork,
    trials: readonly BatchTrial[],
    random: Random,
    spikeCosts?: Float64Array,
  ): void {
    const options = this.#optionsFor(network, spikeCosts);
    for (const { inputs, activity, errors } of trials) this.#add(gradient, network, inputs, activity, errors, options);
    this.#perturb?.(gradient, network, trials, random);
  }

  #optionsFor({ readout }: SpikingNetwork, spikeCosts: Float64Array | undefined): CreditOptions {
    const isWhole = this.#credit === 'bptt';
    // Synapses that are told no error of the outputs, however well they could be.
    const isBlind = this.#perturb !== undefined || this.isReadoutOnly;
    const feedback = isBlind ? new Matrix(readout.rows, readout.columns) : this.#feedback;
    return {
      throughRecurrence: isWhole,
      throughReset: isWhole,
      ...(feedback === undefined ? {} : { feedback }),
      ...(spikeCosts === undefined ? {} : { spikeCosts }),
    };
  }
}
