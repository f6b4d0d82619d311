// What a study of evidence accumulation sets: network and credit; analysis process.
import type { EvidenceSettings } from '../tasks/evidence-accumulation.ts';
import type { RateTarget } from './firing-rates.ts';
import type { SpikingSettings } from './spiking-network.ts';

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
  /**
   * e-prop in the reverse order of its sums, the whole gradient, or none for synapses between neurons. The whole gradient goes
   * through the reset: without it errors that return through the network grow, and on the short study a third to a half of the
   * answers stay wrong.
   */
  readonly credit: 'e-prop-symmetric' | 'e-prop-random' | 'e-prop-broadcast' | 'bptt' | 'readout-only';
  readonly rates?: RateTarget;
  readonly task?: EvidenceSettings;
  /** Whether tests measure the angle between the rule's change and the gradient as well. */
  readonly hasAngles?: boolean;
  /** Every how many iterations a fresh batch is tested. */
  readonly testEvery?: number;
}
