// The gradient that this folder's checks measure by, against finite differences; analysis process.
import { relativeError } from '../../base/vectors.ts';
import type { LayerChange } from '../../deep/deep-rule.ts';
import type { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { costOf, descent, descentByDifferences, flat } from './reference-gradient.ts';
import { smallProblem } from './small-problem.ts';

type Descent = typeof descent;

const changed =
  (change: (each: LayerChange, index: number, network: MultilayerNetwork) => LayerChange): Descent =>
  (network, inputs, targets) =>
    descent(network, inputs, targets).map((each, index) => change(each, index, network));

export const referenceGradientChecks: readonly RuleCheck[] = [
  ruleCheck<Descent>({
    id: 'phases-reference-gradient',
    rules: [],
    title: 'The gradient that rules with phases are measured by is the gradient of the squared error',
    source: 'Central differences, h = 1e-6',
    gate: 'relative error < 1e-6',
    subject: descent,
    measure(own) {
      const { network, inputs, targets } = smallProblem(1, [4, 6, 5, 3], 5);
      const wanted = descentByDifferences(network, costOf(network, inputs, targets));
      return below(relativeError(flat(own(network, inputs, targets)), wanted), 1e-6);
    },
    mutants: {
      'sum over the batch instead of the mean': changed(({ weights, biases }) => ({
        weights: weights.scaled(5),
        biases: biases.map((each) => 5 * each),
      })),
      'derivative of the activation left out': (network, inputs, targets) => {
        const flatLayers = network.layers.map((layer) => ({
          ...layer,
          activation: { ...layer.activation, slope: () => 1 },
        }));
        const linearised = Object.assign(network.copy(), { layers: flatLayers });
        return descent(linearised, inputs, targets);
      },
      'biases of the first layer forgotten': changed((each, index) =>
        index === 0 ? { ...each, biases: each.biases.map(() => 0) } : each,
      ),
    },
  }),
];
