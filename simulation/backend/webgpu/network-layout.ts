// Where everything of a network lies in the buffers of a GPU, counted in words of 32 bits; simulation process.
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import { maxDelaySteps } from '../../network/max-delay.ts';
import type { PopulationLayout } from './population-layout.ts';
import { layOutProjection, type ProjectionLayout } from './projection-layout.ts';
import { TableWriter } from './table-writer.ts';
import { batchStepsOf, isPutAhead } from './tick-phases.ts';
import { Words } from './words.ts';

export interface NetworkLayout {
  readonly populations: readonly PopulationLayout[];
  readonly projections: readonly ProjectionLayout[];
  readonly tables: Int32Array;
  /** Where the signals of the tick begin, behind the tables, and behind them the keys of its steps. */
  readonly signalsStart: number;
  readonly keysStart: number;
  /** Behind them, for each projection that learns, which weights are summed after the tick: the first, and the one after the last. */
  readonly surveysStart: number;
  /** How many steps neurons take at once. */
  readonly batchSteps: number;
  /** Of the rings of spikes and of shares; a power of two. */
  readonly slots: number;
  readonly slotWords: number;
  readonly shareWords: number;
  readonly stateWords: number;
  /** Of the ring of what neurons receive, and words of a slot. */
  readonly receivedSlots: number;
  readonly receivedWords: number;
  /** The longest delay with which spikes are put there as soon as they are fired; 0 where none are. */
  readonly longestPutSteps: number;
  /** Traces and averages of learning rules, and the state of synapses that tire. */
  readonly memoryWords: number;
  /** Counters of the tick: what was summed of the weights of each projection that learns. They come before those of the steps. */
  readonly tickCounters: number;
  /** Counters of a step: saturated neurons of each population, then for each projection that learns its lowest full trace and its results beyond bounds. */
  readonly stepCounters: number;
}

export function layOut(network: CompiledNetwork): NetworkLayout {
  const [slot, shares, states, received] = [new Words(), new Words(), new Words(), new Words()];
  const batchSteps = batchStepsOf(network);
  const [tickCounters, stepCounters] = [new Words(), new Words()];
  const room = { tables: new TableWriter(), memories: new Words(), tickCounters, stepCounters, batchSteps };
  const populations = network.populations.map(({ model: { neurons }, neurons: compiled }, index) => {
    return {
      firstWord: slot.take(Math.ceil(neurons / 32)),
      statesStart: states.take(neurons * compiled.model.state.length),
      receivedStart: received.take(neurons * compiled.model.receptors.length),
      sharesStart: compiled.model.graded === undefined ? undefined : shares.take(neurons),
      tables: compiled.tables.map((table) => room.tables.add(table)),
      maxDelaySteps: maxDelaySteps(network, index),
    };
  });
  stepCounters.take(populations.length);
  const projections = network.projections.map((projection) => layOutProjection(network, projection, populations, room));
  const tables = room.tables.all();
  // Those of the next batch are emptied ahead, and those of a tick are read together at its end.
  const longest = Math.max(network.stepsPerTick, ...populations.map(({ maxDelaySteps }) => maxDelaySteps));
  const longestPutSteps = Math.max(0, ...network.projections.filter(isPutAhead).map(({ delaySteps }) => delaySteps));
  return {
    populations,
    projections,
    tables,
    signalsStart: tables.length,
    keysStart: tables.length + network.signalWords,
    surveysStart: tables.length + network.signalWords + network.stepsPerTick,
    batchSteps,
    slots: 2 ** Math.ceil(Math.log2(longest + 2 * batchSteps)),
    slotWords: slot.count,
    shareWords: shares.count,
    stateWords: states.count,
    receivedSlots: Math.max(longestPutSteps + 1, batchSteps),
    receivedWords: received.count,
    longestPutSteps,
    memoryWords: room.memories.count,
    tickCounters: tickCounters.count,
    stepCounters: stepCounters.count,
  };
}
