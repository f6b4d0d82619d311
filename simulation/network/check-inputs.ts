// Makes sure that synapses alone can never take a neuron out of the range of its whole numbers; simulation process.
import { weightUnitOf } from '../../common/experiment/network/population.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import { inputMax } from '../kernel/fixed-point.ts';
import { type CompiledNeurons, tableNames } from '../models/compiled-neurons.ts';
import { mostBackgroundEvents } from '../models/noise.ts';
import type { CompiledPopulation, CompiledProjection } from './compiled-network.ts';

/** The largest input of a step is all synapses of a neuron at once, each at its largest weight. @throws SimulationFaultError 'saturated'. */
export function checkInputs(
  populations: readonly CompiledPopulation[],
  projections: readonly CompiledProjection[],
): void {
  for (const [index, { model, neurons }] of populations.entries()) {
    for (const receptor of neurons.model.receptors.keys()) {
      const onto = projections.filter(({ to, receptor: of }) => to === index && of === receptor);
      const sums = new Float64Array(model.neurons).fill(
        receptor === neurons.receptors.excitatory ? backgroundMax(neurons) : 0,
      );
      for (const { targets, weights, rule } of onto) {
        const { lowestWeight, highestWeight, finerBits } = rule ?? { lowestWeight: 0, highestWeight: 0, finerBits: 0 };
        const least = Math.max(Math.abs(lowestWeight), Math.abs(highestWeight));
        for (let synapse = 0; synapse < targets.length; synapse++)
          sums[targets[synapse]!]! += Math.max(Math.abs(weights[synapse]!), least) / 2 ** finerBits;
      }
      const neuron = sums.findIndex((sum) => sum > inputMax);
      if (neuron < 0) continue;
      const unit = weightUnitOf(model.model);
      const [sum, bound] = [sums[neuron]!, inputMax].map((value) => (value / neurons.weightUnit).toFixed(0));
      throw new SimulationFaultError({
        code: 'saturated',
        text: `The synapses of neuron ${neuron} of population '${model.name}' add up to ${sum} ${unit}; at most ${bound} ${unit} fit. Lower their weights or their number.`,
      });
    }
  }
}

/** What the background can add in one step. */
function backgroundMax({ model, parameters, tables }: CompiledNeurons): number {
  const table = tables[tableNames(model).indexOf('backgroundTable')];
  return table === undefined
    ? 0
    : mostBackgroundEvents(table) * parameters[model.parameters.indexOf('backgroundWeight')]!;
}
