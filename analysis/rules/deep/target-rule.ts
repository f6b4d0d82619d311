// Rules whose layers learn to reach targets that feedback connections bring, put together from their parts; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parameterValue } from '../../../common/learning-rule/parameter-value.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { DeepLearner, DeepRule, LayerChange } from './deep-rule.ts';
import { type Layer, type LayerActivity, type MultilayerNetwork, respond, slopesOf } from './multilayer-network.ts';
import { addChange, synapticChange } from './synaptic-change.ts';

/** What feedback makes for hidden layer `layer` of rates above: of the next layer, or of the output for direct feedback. */
export type Backward = (layer: number, above: Matrix) => Matrix;

export interface TargetParts {
  readonly declaration: RuleDeclaration;
  /** @returns a feedback layer for each hidden layer. */
  draw(network: MultilayerNetwork, parameters: RuleParameters, random: Random): readonly Layer[];
  /** @param top target of the output. @returns the target of each layer, the output's last. */
  targets(backward: Backward, activities: readonly LayerActivity[], top: Matrix): readonly Matrix[];
  /** Feedback learns from one noisy presentation; writes into the feedback layers. */
  learnFeedback(learning: TargetFeedbackLearning, activities: readonly LayerActivity[]): void;
}

export interface TargetFeedbackLearning {
  readonly parameters: RuleParameters;
  readonly network: MultilayerNetwork;
  readonly feedback: readonly Layer[];
  readonly random: Random;
}

/** A learner that can say what it would make of given activities and an error of the output. */
export interface TargetLearner extends DeepLearner {
  readonly feedback: readonly Layer[];
  changesGiven(inputs: Matrix, activities: readonly LayerActivity[], outputError: Matrix): readonly LayerChange[];
  /** Feedback learns; the forward weights stay. */
  learnFeedback(inputs: Matrix): void;
}

export interface TargetRule extends DeepRule {
  /** @param backward instead of the feedback layers that are drawn, where feedback is known otherwise */
  create(network: MultilayerNetwork, parameters: RuleParameters, random: Random, backward?: Backward): TargetLearner;
}

export function targetRule(parts: TargetParts): TargetRule {
  const { declaration } = parts;
  const rule = parseRule(declaration);
  return {
    declaration,
    create(network, parameters, random, given) {
      const feedback = parts.draw(network, parameters, random);
      const value = (key: string) => parameterValue(declaration, parameters, key);
      const backward: Backward = given ?? ((layer, above) => respond(feedback[layer]!, above).rates);
      const changesGiven = (inputs: Matrix, activities: readonly LayerActivity[], outputError: Matrix) => {
        const top = activities.at(-1)!.rates.minus(outputError.scaled(value('targetStep')));
        const targets = parts.targets(backward, activities, top);
        return network.layers.map((layer, index) => {
          const { rates: y } = activities[index]!;
          const x = index === 0 ? inputs : activities[index - 1]!.rates;
          const slope = slopesOf(layer, activities[index]!);
          return synapticChange(rule, parameters, layer, { x }, { y, target: targets[index]!, slope });
        });
      };
      const changes = (inputs: Matrix, targets: Matrix) => {
        const activities = network.forward(inputs);
        return changesGiven(inputs, activities, activities.at(-1)!.rates.minus(targets));
      };
      const learnFeedback = (inputs: Matrix) =>
        parts.learnFeedback({ parameters, network, feedback, random }, network.forward(inputs));
      return {
        network,
        feedback,
        changesGiven,
        changes,
        learnFeedback,
        learn(inputs, targets) {
          for (let step = 0; step < value('feedbackSteps'); step++) learnFeedback(inputs);
          changes(inputs, targets).forEach((change, index) => addChange(network.layers[index]!, change));
        },
        predict: (inputs) => network.predict(inputs),
      };
    },
  };
}
