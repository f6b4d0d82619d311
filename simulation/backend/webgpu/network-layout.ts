// Where everything of a network lies in the buffers of a GPU, counted in words of 32 bits; simulation process.
import { decayFactors } from '../../learning/traces.ts';
import type { CompiledNetwork, CompiledProjection } from '../../network/compiled-network.ts';
import { maxDelaySteps } from '../../network/max-delay.ts';
import { type Table, TableWriter } from './table-writer.ts';

export interface PopulationLayout {
  /** In a slot of the ring of spikes. */
  readonly firstWord: number;
  readonly statesStart: number;
  readonly receivedStart: number;
  /** In a slot of the ring of shares; undefined where whole spikes are sent. */
  readonly sharesStart: number | undefined;
  /** Of its kernel, in its order. */
  readonly tables: readonly Table[];
  /** The longest delay with which its spikes arrive anywhere. */
  readonly maxDelaySteps: number;
}

/** One trace of one side of a projection. */
export interface TraceLayout {
  readonly side: 'sender' | 'receiver';
  readonly start: number;
  readonly neurons: number;
  readonly factors: Table;
  readonly firstWord: number;
  readonly delaySteps: number;
  /** What its first neuron is called among all of the projection's traces. */
  readonly firstName: number;
}

export interface ProjectionLayout {
  /** Senders' before receivers', each in the order of the rule. */
  readonly traces: readonly TraceLayout[];
  /** Absent where every spike counts the same. */
  readonly shortTerm: ShortTermLayout | undefined;
}

export interface ShortTermLayout {
  readonly start: number;
  readonly facilitation: Table;
  readonly recovery: Table;
}

export interface NetworkLayout {
  readonly populations: readonly PopulationLayout[];
  readonly projections: readonly ProjectionLayout[];
  readonly tables: Int32Array;
  /** Of the rings of spikes and of shares; a power of two. */
  readonly slots: number;
  readonly slotWords: number;
  readonly shareWords: number;
  readonly stateWords: number;
  readonly receivedWords: number;
  readonly traceWords: number;
  readonly shortTermWords: number;
  /** Counters of the tick: the change of all weights of each projection, low half first. They come before those of the steps. */
  readonly tickCounters: number;
  /** Counters of a step: saturated neurons of each population, then the lowest full trace of each projection. */
  readonly stepCounters: number;
}

export function layOut(network: CompiledNetwork): NetworkLayout {
  let [slotWords, shareWords, stateWords, receivedWords, traceWords, shortTermWords] = [0, 0, 0, 0, 0, 0];
  const tables = new TableWriter();
  const populations = network.populations.map(({ model: { neurons }, neurons: compiled }, index) => {
    const layout = {
      firstWord: slotWords,
      statesStart: stateWords,
      receivedStart: receivedWords,
      sharesStart: compiled.model.graded === undefined ? undefined : shareWords,
      tables: compiled.tables.map((table) => tables.add(table)),
      maxDelaySteps: maxDelaySteps(network, index),
    };
    slotWords += Math.ceil(neurons / 32);
    stateWords += neurons * compiled.model.state.length;
    receivedWords += neurons * compiled.model.receptors.length;
    if (compiled.model.graded !== undefined) shareWords += neurons;
    return layout;
  });
  const projections = network.projections.map((projection) => {
    let firstName = 0;
    const traces = sidesOf(projection).map(({ side, population, milliseconds, delaySteps }) => {
      const { neurons } = network.populations[population]!.model;
      const factors = tables.add(decayFactors(milliseconds, network.stepMilliseconds));
      const { firstWord } = populations[population]!;
      const layout = { side, start: traceWords, neurons, factors, firstWord, delaySteps, firstName };
      traceWords += 2 * neurons;
      firstName += neurons;
      return layout;
    });
    if (projection.shortTerm === undefined) return { traces, shortTerm: undefined };
    const { facilitationFactors, recoveryFactors } = projection.shortTerm;
    const shortTerm = {
      start: shortTermWords,
      facilitation: tables.add(facilitationFactors),
      recovery: tables.add(recoveryFactors),
    };
    shortTermWords += 4 * network.populations[projection.from]!.model.neurons;
    return { traces, shortTerm };
  });
  // One slot is emptied ahead of the step, and those of a tick are read together at its end.
  const steps = Math.max(network.stepsPerTick, ...populations.map(({ maxDelaySteps }) => maxDelaySteps)) + 2;
  return {
    populations,
    projections,
    tables: tables.all(),
    slots: 2 ** Math.ceil(Math.log2(steps)),
    slotWords,
    shareWords,
    stateWords,
    receivedWords,
    traceWords,
    shortTermWords,
    tickCounters: 2 * projections.length,
    stepCounters: populations.length + projections.length,
  };
}

function sidesOf({ from, to, delaySteps, rule }: CompiledProjection) {
  if (rule === undefined) return [];
  return [
    ...rule.senderTimeConstantsMilliseconds.map((milliseconds) => {
      return { side: 'sender' as const, population: from, milliseconds, delaySteps };
    }),
    ...rule.receiverTimeConstantsMilliseconds.map((milliseconds) => {
      return { side: 'receiver' as const, population: to, milliseconds, delaySteps: 0 };
    }),
  ];
}
