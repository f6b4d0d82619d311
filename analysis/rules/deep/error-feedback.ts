// Rules whose layers learn from errors that reach them, put together from their parts; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parseRule, type ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { DeepLearner, DeepRule, LayerChange } from './deep-rule.ts';
import { type LayerActivity, type MultilayerNetwork, slopesOf } from './multilayer-network.ts';
import { addChange, synapticChange } from './synaptic-change.ts';

/** What there is in one presentation of a batch; by layer, the first hidden one first; matrices are samples × neurons. */
export interface ErrorSignals {
  readonly inputs: Matrix;
  readonly activities: readonly LayerActivity[];
  readonly slopes: readonly Matrix[];
  /** Of each layer's rates; the last is output − target. */
  readonly errors: readonly Matrix[];
}

export interface FeedbackLearning {
  readonly rule: ParsedRule;
  readonly parameters: RuleParameters;
  readonly network: MultilayerNetwork;
  /** What `draw` gave; may be written into. */
  readonly drawn: readonly Matrix[];
  readonly random: Random;
}

/** Where errors come from: what these rules differ in. */
export interface ErrorFeedback {
  readonly declaration: RuleDeclaration;
  /** @returns one for each hidden layer: its neurons × the neurons that the error comes from. */
  draw(network: MultilayerNetwork, parameters: RuleParameters, random: Random): readonly Matrix[];
  /** @returns the connections as they are now, shapes as `draw` gives them. */
  connections(drawn: readonly Matrix[], network: MultilayerNetwork): readonly Matrix[];
  /** @returns the error at each layer, the output's own last. */
  carry(connections: readonly Matrix[], slopes: readonly Matrix[], outputError: Matrix): readonly Matrix[];
  /** What becomes of `drawn` with each presentation; before the forward weights change. */
  learnFeedback?(learning: FeedbackLearning, signals: ErrorSignals): void;
}

/** A learner that can say what it would make of given activities and errors. */
export interface ErrorLearner extends DeepLearner {
  /** Connections as they are now. */
  feedback(): readonly Matrix[];
  changesGiven(inputs: Matrix, activities: readonly LayerActivity[], outputError: Matrix): readonly LayerChange[];
}

export interface ErrorRule extends DeepRule {
  create(network: MultilayerNetwork, parameters: RuleParameters, random: Random): ErrorLearner;
}

/** Puts a rule together from its parts. */
export function errorRule(parts: ErrorFeedback): ErrorRule {
  const rule = parseRule(parts.declaration);
  return {
    declaration: parts.declaration,
    create(network, parameters, random) {
      const drawn = parts.draw(network, parameters, random);
      const feedback = () => parts.connections(drawn, network);
      const signalsOf = (inputs: Matrix, activities: readonly LayerActivity[], outputError: Matrix): ErrorSignals => {
        const slopes = activities.map((activity, index) => slopesOf(network.layers[index]!, activity));
        return { inputs, activities, slopes, errors: parts.carry(feedback(), slopes, outputError) };
      };
      const changesOf = ({ inputs, activities, slopes, errors }: ErrorSignals) =>
        network.layers.map((layer, index) => {
          const x = index === 0 ? inputs : activities[index - 1]!.rates;
          return synapticChange(rule, parameters, layer, { x }, { slope: slopes[index]!, error: errors[index]! });
        });
      const present = (inputs: Matrix, targets: Matrix) => {
        const activities = network.forward(inputs);
        return signalsOf(inputs, activities, activities.at(-1)!.rates.minus(targets));
      };
      return {
        network,
        feedback,
        changesGiven: (inputs, activities, outputError) => changesOf(signalsOf(inputs, activities, outputError)),
        changes: (inputs, targets) => changesOf(present(inputs, targets)),
        learn(inputs, targets) {
          const signals = present(inputs, targets);
          const changes = changesOf(signals);
          parts.learnFeedback?.({ rule, parameters, network, drawn, random }, signals);
          changes.forEach((change, index) => addChange(network.layers[index]!, change));
        },
        predict: (inputs) => network.predict(inputs),
      };
    },
  };
}
