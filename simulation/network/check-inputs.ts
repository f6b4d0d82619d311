// Makes sure that synapses alone can never take a neuron out of the range of its whole numbers; simulation process.
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import { inputMax } from '../kernel/fixed-point.ts';
import { toQ16 } from '../kernel/share-of.ts';
import type { CompiledPopulation, CompiledProjection } from './compiled-network.ts';

/** The largest input of a step is all synapses of a neuron at once, each at its largest weight. @throws SimulationFaultError 'saturated'. */
export function checkInputs(
  populations: readonly CompiledPopulation[],
  projections: readonly CompiledProjection[],
): void {
  for (const [index, { model }] of populations.entries()) {
    const sums = new Float64Array(model.neurons);
    for (const { to, targets, weights, rule } of projections) {
      if (to !== index) continue;
      for (const [synapse, target] of targets.entries())
        sums[target]! += Math.max(Math.abs(weights[synapse]!), rule?.highestWeight ?? 0);
    }
    const neuron = sums.findIndex((sum) => sum > inputMax);
    if (neuron < 0) continue;
    const [sum, bound] = [sums[neuron]!, inputMax].map((value) => (value / toQ16(1)).toFixed(0));
    throw new SimulationFaultError({
      code: 'saturated',
      text: `The synapses of neuron ${neuron} of population '${model.name}' add up to ${sum} mV; at most ${bound} mV fit. Lower their weights or their number.`,
    });
  }
}
