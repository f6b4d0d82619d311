// The simulated network as a page may look into it while it runs: what was built, and a sample of what it is like now.
import type { Signal } from '../experiment/network/signal.ts';
import type { SimulationReady } from '../simulation-protocol/configuration.ts';
import type { DescribedProjection } from '../simulation-protocol/network-description.ts';
import type { SampledWeights, SynapsesSample } from '../simulation-protocol/sample-message.ts';

export type PicturedPopulation = SimulationReady['populations'][number] & {
  /** Membrane potentials of some of its neurons, always the same ones, in mV; empty where the model has none. */
  potentialsMillivolts: readonly number[];
};

export type PicturedProjection = DescribedProjection & {
  /** Of some of its synapses, always the same ones. Absent for fixed weights, which stay as described, and before they were read. */
  weights?: SampledWeights;
  /** The same synapses: where weights are large, which changed most, what else they keep. With `weights`. */
  synapsesNow?: SynapsesSample;
  /** Its synapses stay as they are until the operator lets them learn again. */
  isFrozen: boolean;
};

/** A signal that learning rules take as a third factor. */
export interface PicturedSignal {
  name: string;
  kind: Signal['kind'];
  /** One number, or one for each output of a decoder. */
  values: readonly number[];
  /** The operator holds it at a value. */
  isHeld: boolean;
}

/** Indices of populations are those of `populations`. */
export interface NetworkPicture {
  /** Index of the last tick before the newest sample. */
  tick: number;
  electrodes: number;
  inputs: { to: number; neuronsPerElectrode: number }[];
  populations: PicturedPopulation[];
  projections: PicturedProjection[];
  signals: PicturedSignal[];
  readouts: { name: string; from: number; neurons: number; stimulus: string }[];
}

/** Pictures that a page is sent in a second, at most. */
export const networkSamplesHz = 5;
