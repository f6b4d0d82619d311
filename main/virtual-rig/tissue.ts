// Spiking tissue under the electrodes, as seen by the electrodes: the one thing that decides when a neuron fires; runs in the virtual rig.
import type { AppliedPulse } from './electrodes.ts';

/** Electrodes and rendering know tissue by this alone: tissue that learns takes the place of tissue that does not. */
export interface Tissue {
  /** Electrode beside each neuron, which is the one that sees it. */
  readonly homeElectrodes: readonly number[];
  /** A pulse begins at its sample, which is not before the range advanced so far. Pulses come in order of their samples. */
  stimulate(pulse: AppliedPulse): void;
  /** Lets time pass to `untilSample` and reports each spike on the way: of each neuron in order, of all in none. */
  advance(untilSample: number, onSpike: (neuron: number, sample: number) => void): void;
}
