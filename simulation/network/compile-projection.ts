// Turns a projection of a network model into flat arrays, one set for each delay; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { OwnRule } from '../../common/experiment/checked-experiment.ts';
import { thirdFactorsOf } from '../../common/experiment/network/rule-parameters.ts';
import type { Plasticity } from '../../common/experiment/network/plasticity.ts';
import { endsOf } from '../../common/experiment/network/expected-synapses.ts';
import { type CompiledRule, compileRule } from '../learning/compile-rule.ts';
import type { Factor } from '../../common/learning-rule/program/program.ts';
import { compileShortTerm } from '../learning/short-term.ts';
import type { CompiledPopulation, CompiledProjection, CompiledThirdFactor } from './compiled-network.ts';
import { connect } from './connect.ts';
import { populationIndex } from './population-index.ts';
import { splitByDelay } from './split-by-delay.ts';

/**
 * @param index of the projection in the model
 * @param ownRules the laboratory's, by the paths that projections name
 * @param signalsBefore how many numbers of a tick's signals are those of projections before
 */
export function compileProjection(
  network: NetworkModel,
  populations: readonly CompiledPopulation[],
  index: number,
  seed: number,
  signalsBefore: number,
  ownRules: readonly OwnRule[],
): { parts: CompiledProjection[]; thirdFactors: CompiledThirdFactor[]; gateAt: number | undefined } {
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
  const { plasticity } = projection;
  const program =
    plasticity &&
    compileRule(
      plasticity,
      {
        stepMilliseconds,
        weightUnit,
        restMillivolts: {
          sender: populations[from]!.neurons.restMillivolts,
          receiver: populations[to]!.neurons.restMillivolts,
        },
      },
      ownRules,
    );
  const thirdFactors =
    program && plasticity
      ? placeThirdFactors(program.factors, plasticity, index, receiving.neurons, signalsBefore)
      : [];
  const rule = program && {
    ...program,
    sign: weight < 0 ? (-1 as const) : (1 as const),
    factorStarts: thirdFactors.map(({ start }) => start),
    gateAt: thirdFactors.reduce((sum, { length }) => sum + length, signalsBefore),
  };
  const parts = splitByDelay(rows).map((part) => ({
    ...part,
    weights: rule === undefined ? part.weights : part.weights.map((each) => kept(rule, each)),
    weightUnit: rule === undefined ? weightUnit : rule.sign * weightUnit * 2 ** rule.finerBits,
    name: projection.name,
    from,
    to,
    receptor: receptors[projection.receptor ?? (weight < 0 ? 'inhibitory' : 'excitatory')],
    rule,
    shortTerm: projection.shortTermPlasticity && compileShortTerm(projection.shortTermPlasticity, stepMilliseconds),
  }));
  return { parts, thirdFactors, gateAt: rule?.gateAt };
}

/** An initial weight as the rule keeps it, inside its bounds. */
const kept = ({ sign, finerBits, lowestWeight, highestWeight }: CompiledRule, weight: number) =>
  Math.min(highestWeight, Math.max(lowestWeight, sign * weight * 2 ** finerBits));

function placeThirdFactors(
  factors: readonly Factor[],
  plasticity: Plasticity,
  projection: number,
  receivers: number,
  signalsBefore: number,
): CompiledThirdFactor[] {
  const sources = thirdFactorsOf(plasticity);
  let start = signalsBefore;
  return factors.map((factor) => {
    const source = sources[factor.symbol];
    assert(source !== undefined, `the checked projection ${projection} names no signal for ${factor.symbol}`);
    const placed = { source, projection, factor, start, length: factor.isPerReceiver ? receivers : 1 };
    start += placed.length;
    return placed;
  });
}
