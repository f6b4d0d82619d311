// Equilibrium propagation in a network whose connections down have weights of their own; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { equilibriumPropagationVectorField } from '../../../common/learning-rule/catalogue/equilibrium-propagation-vector-field.ts';
import { type ParsedRule, parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { DeepRule } from '../deep/deep-rule.ts';
import type { MultilayerNetwork } from '../deep/multilayer-network.ts';
import { synapticChange } from '../deep/synaptic-change.ts';
import { doublePrecision } from './arithmetic.ts';
import { answer, separateCoupling } from './coupled-network.ts';
import { type EquilibriumParts, changesByPhases, readFree, restInPhases } from './equilibrium-propagation.ts';
import { addChanges } from './phase-learner.ts';
import { settingsOf } from './settings.ts';

/** What it is made of; weights down of each layer but the last: receivers × neurons of the layer above. */
export interface VectorFieldParts extends Pick<EquilibriumParts, 'declaration' | 'phases' | 'answer'> {
  couple(network: MultilayerNetwork, down: readonly Matrix[]): ReturnType<typeof separateCoupling>;
}

/** The parts of equilibrium propagation with these weights down. */
export const withDown = (parts: VectorFieldParts, down: readonly Matrix[]): EquilibriumParts => ({
  ...parts,
  arithmetic: doublePrecision,
  couple: (network) => parts.couple(network, down),
});

/** @returns weights down: those up, transposed, with normal differences of `asymmetry` standard deviations of a weight. */
export const drawDown = ({ layers }: MultilayerNetwork, asymmetry: number, random: Random): Matrix[] =>
  layers.slice(1).map(({ weights }) => {
    const deviation = asymmetry / Math.sqrt(weights.columns);
    return weights.transposed().plus(Matrix.normal(weights.columns, weights.rows, deviation, random));
  });

/** @returns what the rule would change in the weights down. */
const downChanges = (
  rule: ParsedRule,
  parameters: RuleParameters,
  { layers }: MultilayerNetwork,
  down: readonly Matrix[],
  { free, nudged }: Readonly<Record<'free' | 'nudged', readonly Matrix[]>>,
): Matrix[] =>
  down.map((weights, index) => {
    const { biases } = layers[index]!;
    const pre = { x_free: free[index + 1]! };
    const post = { y_free: free[index]!, y_nudged: nudged[index]! };
    return synapticChange(rule, parameters, { weights, biases }, pre, post).weights;
  });

export function vectorFieldRule(parts: VectorFieldParts): DeepRule {
  const { declaration } = parts;
  const rule = parseRule(declaration);
  return {
    declaration,
    create(network, parameters, random) {
      const settings = settingsOf(rule, parameters, ['asymmetry', 'beta', 'T', 'rest']);
      let down = drawDown(network, settings.asymmetry, random);
      const own = () => withDown(parts, down);
      const phasesOf = (inputs: Matrix, targets: Matrix) => {
        const { free, nudged } = restInPhases(own(), settings, network, inputs, targets);
        if (free === undefined || nudged === undefined) throw new RangeError('There is no free or no nudged phase');
        return { free, nudged };
      };
      return {
        network,
        changes: (inputs, targets) => changesByPhases(rule, parameters, network, inputs, phasesOf(inputs, targets)),
        learn(inputs, targets) {
          const phases = phasesOf(inputs, targets);
          const ofDown = downChanges(rule, parameters, network, down, phases);
          addChanges(network, changesByPhases(rule, parameters, network, inputs, phases));
          down = down.map((weights, index) => weights.plus(ofDown[index]!));
        },
        predict: (inputs) => readFree(own(), rule, parameters, network, inputs),
      };
    },
  };
}

export const vectorFieldParts: VectorFieldParts = {
  declaration: equilibriumPropagationVectorField,
  phases: { free: 0, nudged: 1 },
  answer,
  couple: separateCoupling,
};
