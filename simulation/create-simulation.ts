// Builds the whole simulation from a configuration: network, back end and readouts; simulation process.
import type { Disposable } from '../common/base/disposable.ts';
import type { SimulationConfiguration, SimulationReady } from '../common/simulation-protocol/configuration.ts';
import type { StimulusRequest, TickOutcome } from '../common/simulation-protocol/result.ts';
import type { Backend } from './backend/backend.ts';
import { TypescriptBackend } from './backend/typescript/typescript-backend.ts';
import { compileNetwork } from './network/compile-network.ts';
import type { CompiledNetwork } from './network/compiled-network.ts';
import { Readouts } from './readout/readouts.ts';
import { SpikeList } from './spike-list.ts';

export interface Simulation extends Disposable {
  readonly ready: SimulationReady;

  /**
   * Advances by one tick, or by several that were missed. All input spikes take effect at the beginning of the first
   * of them: the outcome is that of one tick with the input followed by ticks without any.
   * @param channels electrodes that spiked; one that spiked twice stands there twice
   * @param count number of valid entries in `channels`
   * @returns the outcome of all ticks together; one object, overwritten by the next call.
   * @throws SimulationFaultError; the simulation cannot be used after that.
   */
  tick(channels: Uint16Array, count: number, ticksToAdvance?: number): Readonly<TickOutcome>;

  /** @returns a copy of all plastic weights in mV: projections in the model's order, synapses by sender, then receiver. */
  plasticWeights(): Float32Array;
}

export type CreateSimulation = (configuration: SimulationConfiguration) => Simulation;

/** @throws SimulationFaultError 'network-too-large', 'saturated'. */
export function createSimulation(
  configuration: SimulationConfiguration,
  createBackend: (network: CompiledNetwork) => Backend = (network) => new TypescriptBackend(network),
): Simulation {
  const network = compileNetwork(configuration);
  const backend = createBackend(network);
  const readouts = new Readouts(network.populations, configuration);
  const spikes = new SpikeList();
  const requests: StimulusRequest[] = [];
  const outcome: TickOutcome = { spikes: spikes.view(), requests, meanPlasticWeightMillivolts: 0 };

  return {
    ready: describe(network, backend),
    tick(channels, count, ticksToAdvance = 1) {
      spikes.clear();
      requests.length = 0;
      for (let tick = 0; tick < ticksToAdvance; tick++) {
        const fired = backend.step(channels, tick === 0 ? count : 0);
        readouts.tick(fired, requests);
        for (const neuron of fired) spikes.add(neuron);
      }
      outcome.spikes = spikes.view();
      outcome.requests = requests;
      outcome.meanPlasticWeightMillivolts = backend.meanPlasticWeightMillivolts();
      return outcome;
    },
    plasticWeights: () => backend.plasticWeights(),
    dispose: () => backend.dispose(),
  };
}

function describe(network: CompiledNetwork, backend: Backend): SimulationReady {
  const synapses = (projections: CompiledNetwork['projections']) =>
    projections.reduce((sum, { targets }) => sum + targets.length, 0);
  return {
    backend: backend.name,
    neurons: network.neurons,
    synapses: synapses(network.projections),
    plasticSynapses: synapses(network.projections.filter(({ rule }) => rule !== undefined)),
    populations: network.populations.map(({ model, firstNeuron }) => ({
      name: model.name,
      firstNeuron,
      neurons: model.neurons,
    })),
  };
}
