// Writes the spikes and weights of the simulated population, apart from everything that tissue did; analysis process.
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { RecordVisitor, SimulationHeader, WeightsHeader } from '../journal/record-visitor.ts';
import type { Timeline } from '../journal/timeline.ts';
import type { GrowingRows } from './growing-rows.ts';
import type { NwbFile, NwbPart } from './nwb-file.ts';
import { RaggedColumn, RaggedPlan } from './ragged-column.ts';

export const populationModule = '/processing/simulated_population';
const neuronsTable = `${populationModule}/neurons`;
const weightsTable = `${populationModule}/plastic_weights`;
/** Half a MB of single precision. */
const chunkValues = 131_072;

/** A table like Units, but of another type and in a module of its own, so that nobody takes simulated neurons for recorded ones. */
export class SimulatedPopulation implements RecordVisitor, NwbPart {
  readonly #nwb: NwbFile;
  readonly #timeline: Timeline;
  readonly #plan: RaggedPlan;
  readonly #times: RaggedColumn;
  readonly #plasticSynapses: number;
  #weights: GrowingRows<Float32Array> | undefined;
  readonly #weightSeconds: number[] = [];
  #round = 0;

  /** @param spikesPerNeuron over the whole session. @param perRound spikes that are held in memory at a time. */
  constructor(
    nwb: NwbFile,
    opening: SessionOpening,
    timeline: Timeline,
    spikesPerNeuron: Uint32Array,
    perRound: number,
  ) {
    this.#nwb = nwb;
    this.#timeline = timeline;
    this.#plan = new RaggedPlan(spikesPerNeuron, perRound);
    this.#plasticSynapses = opening.simulation.plasticSynapses;
    const { backend, synapses, populations } = opening.simulation;
    const description = `SIMULATED neurons (back end ${backend}, ${synapses} synapses), driven by the spikes detected in tissue. Not a recording`;
    nwb.object(populationModule, 'ProcessingModule', { description });
    nwb.table(neuronsTable, 'DynamicTable', description, ['population', 'spike_times'], spikesPerNeuron.length);
    const populationOf = new Array<string>(spikesPerNeuron.length).fill('');
    for (const { name, firstNeuron, neurons } of populations)
      populationOf.fill(name, firstNeuron, firstNeuron + neurons);
    nwb.column(neuronsTable, 'population', 'Population of the network model', populationOf);
    this.#times = new RaggedColumn(
      this.#plan,
      nwb.hdf5.fixedRows(`${neuronsTable}/spike_times`, Float64Array, this.#plan.values),
    );
  }

  get rounds(): number {
    return this.#plan.rounds;
  }

  beginRound(round: number): void {
    this.#round = round;
    this.#times.begin(round);
  }

  simulation({ tick }: SimulationHeader, neurons: Uint32Array): void {
    // A result may belong to the last tick before the recording.
    const seconds = Math.max(0, this.#timeline.secondsAt(this.#timeline.endOfTick(tick)));
    for (const neuron of neurons) this.#times.add(neuron, seconds);
  }

  weights({ tick }: WeightsHeader, weights: Float32Array): void {
    if (this.#round > 0 || weights.length !== this.#plasticSynapses || weights.length === 0) return;
    if (!this.#weights) {
      this.#nwb.hdf5.group(weightsTable);
      const chunk = [Math.max(1, Math.floor(chunkValues / weights.length)), Math.min(weights.length, chunkValues)];
      this.#weights = this.#nwb.hdf5.growingRows(`${weightsTable}/weights`, Float32Array, {
        columns: weights.length,
        chunk,
      });
    }
    this.#weights.add(weights);
    this.#weightSeconds.push(this.#timeline.secondsAt(this.#timeline.endOfTick(tick)));
  }

  endRound(): void {
    this.#times.finish();
  }

  finish(): void {
    const tickSeconds = 1 / this.#timeline.tickRateHz;
    this.#nwb.column(neuronsTable, 'spike_times', `Times of the spikes in s: the end of their tick (${tickSeconds} s)`);
    this.#nwb.index(neuronsTable, 'spike_times', this.#plan.ends);
    if (!this.#weights) return;
    this.#weights.finish();
    this.#nwb.describeTable(
      weightsTable,
      'DynamicTable',
      'Snapshots of all plastic weights',
      ['time', 'weights'],
      this.#weightSeconds.length,
    );
    this.#nwb.column(weightsTable, 'time', 'Time of the snapshot in s', Float64Array.from(this.#weightSeconds));
    this.#nwb.column(
      weightsTable,
      'weights',
      'Weight of every plastic synapse in mV, in the order of the compiled network',
    );
  }
}
