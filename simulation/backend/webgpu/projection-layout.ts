// Where what belongs to one projection lies in the buffers of a GPU, counted in words of 32 bits; simulation process.
import type { Average, ProgramEvent, Side } from '../../../common/learning-rule/program/program.ts';
import { programEvents } from '../../../common/learning-rule/program/program.ts';
import { decayFactors } from '../../learning/traces.ts';
import type { CompiledNetwork, CompiledProjection } from '../../network/compiled-network.ts';
import { type BoundedResult, boundedResults } from './bounded-results.ts';
import type { PopulationLayout } from './population-layout.ts';
import type { Table, TableWriter } from './table-writer.ts';
import type { Words } from './words.ts';

/** Something that the neurons of one side remember for a rule. */
interface MemoryLayout {
  readonly side: Side;
  readonly start: number;
  readonly neurons: number;
  /** Of their spikes in a slot, and how old these are. */
  readonly firstWord: number;
  readonly delaySteps: number;
}

export interface TraceLayout extends MemoryLayout {
  readonly factors: Table;
  /** What its first neuron is called among all of the projection's traces. */
  readonly firstName: number;
}

export interface AverageLayout extends MemoryLayout {
  readonly how: Average;
  /** First of the potentials among the states. */
  readonly potentialStart: number;
}

export interface ShortTermLayout {
  readonly start: number;
  readonly facilitation: Table;
  readonly recovery: Table;
}

export interface ProjectionLayout {
  /** Senders' before receivers', each in the order of the rule. */
  readonly traces: readonly TraceLayout[];
  readonly averages: readonly AverageLayout[];
  /** Of the blocks of the rule, in their order. */
  readonly tables: Readonly<Partial<Record<ProgramEvent, readonly Table[]>>>;
  /** Absent where every spike counts the same. */
  readonly shortTerm: ShortTermLayout | undefined;
  /** First of two counters of the tick: the sum of the weights that are surveyed after it, low half first. Counters are there where a projection learns. */
  readonly surveyAt: number;
  /** Counter of a step: the lowest full trace. */
  readonly fullTraceAt: number;
  /** Results that must not leave their bounds: a counter of a step each, from `beyondAt` on. */
  readonly bounded: readonly BoundedResult[];
  readonly beyondAt: number;
}

/** What is given away while a network is laid out. */
export interface Room {
  readonly tables: TableWriter;
  readonly memories: Words;
  readonly tickCounters: Words;
  readonly stepCounters: Words;
  /** How many steps may arrive at once. */
  readonly batchSteps: number;
}

export function layOutProjection(
  network: CompiledNetwork,
  projection: CompiledProjection,
  populations: readonly PopulationLayout[],
  room: Room,
): ProjectionLayout {
  const { rule, shortTerm } = projection;
  const memories = sidesOf(network, projection, populations).map(({ side, ...ofSide }) => {
    const { firstWord, statesStart } = ofSide.population;
    const place = { side, neurons: ofSide.neurons, firstWord, delaySteps: ofSide.delaySteps };
    const traces = (rule?.traceTimeConstants[side] ?? []).map((milliseconds) => {
      const factors = room.tables.add(decayFactors(milliseconds, network.stepMilliseconds));
      return { ...place, start: room.memories.take(2 * ofSide.neurons), factors };
    });
    const averages = (rule?.averages[side] ?? []).map((how) => {
      return { ...place, start: room.memories.take(ofSide.neurons), how, potentialStart: statesStart };
    });
    return { traces, averages };
  });
  let firstName = 0;
  const traces = memories
    .flatMap((each) => each.traces)
    .map((trace) => {
      const named = { ...trace, firstName };
      firstName += trace.neurons;
      return named;
    });
  const bounded = rule === undefined ? [] : boundedResults(rule);
  return {
    traces,
    averages: memories.flatMap((each) => each.averages),
    tables: Object.fromEntries(
      programEvents.map((event) => [event, (rule?.blocks[event]?.tables ?? []).map((each) => room.tables.add(each))]),
    ),
    shortTerm: shortTerm && {
      start: room.memories.take((3 + room.batchSteps) * network.populations[projection.from]!.model.neurons),
      facilitation: room.tables.add(shortTerm.facilitationFactors),
      recovery: room.tables.add(shortTerm.recoveryFactors),
    },
    surveyAt: room.tickCounters.take(rule === undefined ? 0 : 2),
    fullTraceAt: room.stepCounters.take(rule === undefined ? 0 : 1),
    bounded,
    beyondAt: room.stepCounters.take(bounded.length),
  };
}

function sidesOf(
  network: CompiledNetwork,
  { from, to, delaySteps }: CompiledProjection,
  populations: readonly PopulationLayout[],
) {
  const of = (side: Side, index: number, spikesDelaySteps: number) => ({
    side,
    population: populations[index]!,
    neurons: network.populations[index]!.model.neurons,
    delaySteps: spikesDelaySteps,
  });
  return [of('sender', from, delaySteps), of('receiver', to, 0)];
}
