// The words that tell a shader which part of the network is its own, in the order of its struct Plan; simulation process.
import type { CompiledNetwork, CompiledProjection } from '../../network/compiled-network.ts';
import { noiseKey } from '../../network/random.ts';
import type { ProgramEvent } from '../../../common/learning-rule/program/program.ts';
import type { NetworkLayout } from './network-layout.ts';
import type { TraceLayout } from './projection-layout.ts';

/** One of the plans of a step kernel; parameters stand last. @param index of the population */
export function stepPlan({ populations, seed }: CompiledNetwork, layout: NetworkLayout, index: number): Int32Array {
  const { model, firstNeuron, neurons } = populations[index]!;
  const { firstWord, statesStart, receivedStart, sharesStart, tables } = layout.populations[index]!;
  return Int32Array.of(
    ...[model.neurons, firstWord, statesStart, receivedStart, sharesStart ?? 0, index, noiseKey(seed, firstNeuron)],
    ...tables.map(({ start }) => start),
    ...neurons.parameters,
  );
}

const counting = { whole: 0, part: 1, nothing: 2 } as const;

/** A Route; what follows is up to the shader. @param index of the projection */
export function routePlan(
  { populations, projections }: CompiledNetwork,
  layout: NetworkLayout,
  index: number,
): number[] {
  const { from, to, receptor, targets, delaySteps, rule } = projections[index]!;
  const { shortTerm, beyondAt } = layout.projections[index]!;
  const [sender, receiver] = [layout.populations[from]!, layout.populations[to]!];
  const [senders, receivers] = [populations[from]!.model.neurons, populations[to]!.model.neurons];
  const spikesCount = sender.sharesStart !== undefined ? 'nothing' : shortTerm === undefined ? 'whole' : 'part';
  return [
    ...[senders, receivers, targets.length, delaySteps, sender.firstWord, receiver.firstWord],
    ...[receiver.receivedStart + receptor * receivers, counting[spikesCount]],
    ...[shortTerm?.start ?? 0, sender.sharesStart ?? 0],
    ...[beyondAt, receiver.statesStart, rule?.finerBits ?? 0, rule?.sign ?? 1],
    layout.signalsStart + (rule?.gateAt ?? 0),
  ];
}

/** What follows the route in the plan of an event of a rule. @param index of the projection */
export function rulePlan(
  { projections }: CompiledNetwork,
  layout: NetworkLayout,
  index: number,
  event: ProgramEvent,
): number[] {
  const { traces, averages, tables } = layout.projections[index]!;
  return [
    ...traces.flatMap(traceWords),
    ...averages.map(({ start }) => start),
    ...projections[index]!.rule!.factorStarts.map((start) => layout.signalsStart + start),
    ...(tables[event] ?? []).map(({ start }) => start),
  ];
}

/** What follows the route where synapses tire. */
export function shortTermPlan({ shortTerm }: CompiledProjection, layout: NetworkLayout, index: number): number[] {
  const places = layout.projections[index]!.shortTerm;
  if (shortTerm === undefined || places === undefined) return [];
  const { facilitation, recovery } = places;
  return [shortTerm.utilisation, facilitation.start, facilitation.length, recovery.start, recovery.length];
}

/** All growing traces of a network, one after the other. */
export function tracePlan({ projections }: NetworkLayout): number[] {
  return projections.flatMap(({ traces, fullTraceAt }) =>
    traces.flatMap((trace) => [
      ...traceWords(trace),
      ...[trace.firstWord, trace.delaySteps, fullTraceAt, trace.firstName],
    ]),
  );
}

/** All averages of a network, one after the other. */
export function averagePlan({ projections }: NetworkLayout): number[] {
  return projections.flatMap(({ averages }) =>
    averages.flatMap(({ start, neurons, firstWord, potentialStart, delaySteps, how }) => {
      const { of, low, high, shiftLeft, factor, shift } = how;
      const values = of === 'potential' ? [1, potentialStart] : [0, firstWord];
      return [start, neurons, ...values, delaySteps, low, high, shiftLeft, factor, shift];
    }),
  );
}

const traceWords = ({ start, neurons, factors }: TraceLayout) => [start, neurons, factors.start, factors.length];
