// A simulation that answers every tick at once: what a loop costs without one; bench program of the simulation.
import type { TickOutcome } from '../../common/simulation-protocol/result.ts';
import type { CreateSimulation } from '../create-simulation.ts';

const nothing: Readonly<TickOutcome> = { spikes: new Uint32Array(0), requests: [], meanPlasticWeightMillivolts: 0 };

export const createEmptySimulation: CreateSimulation = () => ({
  ready: { backend: 'none', neurons: 0, synapses: 0, plasticSynapses: 0, populations: [], projections: [] },
  tick: () => nothing,
  plasticWeights: () => new Float32Array(0),
  sample: (tick) => ({
    tick,
    potentialsMillivolts: [],
    weights: undefined,
    learning: { signals: [], frozen: [], held: [] },
  }),
  control: () => '',
  step: 0,
  drives: [],
  state: () => ({ step: 0, arrays: {} }),
  dispose: () => {},
});
