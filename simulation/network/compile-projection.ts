// Turns a projection of a network model into flat arrays, one set for each delay; simulation process.
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { endsOf } from '../../common/experiment/network/expected-synapses.ts';
import { type CompiledRule, compileRule } from '../learning/compile-rule.ts';
import { compileShortTerm } from '../learning/short-term.ts';
import type { CompiledPopulation, CompiledProjection } from './compiled-network.ts';
import { connect } from './connect.ts';
import { populationIndex } from './population-index.ts';
import { splitByDelay } from './split-by-delay.ts';

/** @param index of the projection in the model */
export function compileProjection(
  network: NetworkModel,
  populations: readonly CompiledPopulation[],
  index: number,
  seed: number,
): CompiledProjection[] {
  const projection = network.projections[index]!;
  const [from, to] = [populationIndex(network, projection.from), populationIndex(network, projection.to)];
  const [sending, receiving] = [populations[from]!.model, populations[to]!.model];
  const { weightUnit, receptors } = populations[to]!.neurons;
  const { stepMilliseconds } = network;
  const weight = projection.weightMillivolts ?? projection.weightNanosiemens ?? 0;
  const rows = connect({
    ...projection,
    seed,
    index,
    ...endsOf(sending, receiving),
    weight: weight * weightUnit,
    stepMilliseconds,
  });
  const rule = projection.plasticity && compileRule(projection.plasticity, weightUnit);
  return splitByDelay(rows).map((part) => ({
    ...part,
    weights: rule === undefined ? part.weights : part.weights.map((each) => inside(rule, each)),
    name: projection.name,
    from,
    to,
    receptor: receptors[projection.receptor ?? (weight < 0 ? 'inhibitory' : 'excitatory')],
    rule,
    shortTerm: projection.shortTermPlasticity && compileShortTerm(projection.shortTermPlasticity, stepMilliseconds),
  }));
}

const inside = ({ lowestWeight, highestWeight }: CompiledRule, weight: number) =>
  Math.min(highestWeight, Math.max(lowestWeight, weight));
