// PEPITA for multilayer rate networks; analysis process.
import { pepita as declaration } from '../../../common/learning-rule/catalogue/pepita.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parameterValue } from '../../../common/learning-rule/parameter-value.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { DeepLearner, DeepRule, LayerChange } from './deep-rule.ts';
import type { LayerActivity } from './multilayer-network.ts';
import { addChange, synapticChange } from './synaptic-change.ts';

export interface Pepita {
  readonly declaration: RuleDeclaration;
  /** Inputs of the second presentation. @param projection inputs × outputs */
  secondInputs(inputs: Matrix, projection: Matrix, outputError: Matrix): Matrix;
}

export const pepitaParts: Pepita = {
  declaration,
  // With this sign a hidden layer’s change is that of feedback alignment with the feedback W₁F.
  secondInputs: (inputs, projection, outputError) => inputs.minus(outputError.timesTransposed(projection)),
};

export interface PepitaLearner extends DeepLearner {
  /** inputs × outputs */
  readonly projection: Matrix;
  changesGiven(inputs: Matrix, activities: readonly LayerActivity[], outputError: Matrix): readonly LayerChange[];
}

export interface PepitaRule extends DeepRule {
  create(...given: Parameters<DeepRule['create']>): PepitaLearner;
}

export function pepitaRule(parts: Pepita): PepitaRule {
  const rule = parseRule(parts.declaration);
  return {
    declaration: parts.declaration,
    create(network, parameters, random) {
      const inputCount = network.layers[0]!.weights.columns;
      const scale = parameterValue(parts.declaration, parameters, 'feedbackScale') / Math.sqrt(inputCount);
      const projection = Matrix.normal(inputCount, network.layers.at(-1)!.biases.length, scale, random);
      const changesGiven = (inputs: Matrix, activities: readonly LayerActivity[], outputError: Matrix) => {
        const secondInputs = parts.secondInputs(inputs, projection, outputError);
        const second = network.forward(secondInputs);
        return network.layers.map((layer, index) => {
          const isOutput = index === network.layers.length - 1;
          const { rates: y } = activities[index]!;
          const ySecond = isOutput ? y.minus(outputError) : second[index]!.rates;
          const xSecond = index === 0 ? secondInputs : second[index - 1]!.rates;
          return synapticChange(rule, parameters, layer, { x_second: xSecond }, { y, y_second: ySecond });
        });
      };
      const changes = (inputs: Matrix, targets: Matrix) => {
        const activities = network.forward(inputs);
        return changesGiven(inputs, activities, activities.at(-1)!.rates.minus(targets));
      };
      return {
        network,
        projection,
        changesGiven,
        changes,
        learn: (inputs, targets) =>
          changes(inputs, targets).forEach((change, index) => addChange(network.layers[index]!, change)),
        predict: (inputs) => network.predict(inputs),
      };
    },
  };
}

export const pepita = pepitaRule(pepitaParts);
