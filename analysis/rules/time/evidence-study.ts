// What a study of evidence accumulation sets: network and credit; analysis process.
import type { EvidenceSettings } from '../tasks/evidence-accumulation.ts';
import type { RateTarget } from './firing-rates.ts';
import type { SpikingCredit } from './spiking-credit.ts';
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
  /** Of Adam, for the readout, and for the synapses of the neurons unless they have a rate of their own. */
  readonly learningRate?: number | undefined;
  readonly synapsesLearningRate?: number | undefined;
  readonly credit: SpikingCredit;
  /** Of rules that try out noise; others draw none. */
  readonly noiseDeviation?: number | undefined;
  readonly rates?: RateTarget;
  readonly task?: EvidenceSettings;
  /** Whether tests measure the angle between the rule's change and the gradient as well. */
  readonly hasAngles?: boolean;
  /**
   * Part of wrong answers below which learning stops, as the script of Bellec et al. 2020 does: once the last test is below it, eight
   * fresh batches are tested before each iteration, and their mean has to be below it as well. Left out, learning does not stop.
   */
  readonly stopBelow?: number | undefined;
  /** Every how many iterations a fresh batch is tested. */
  readonly testEvery?: number;
}
