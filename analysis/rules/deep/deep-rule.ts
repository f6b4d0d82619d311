// What a learning rule for multilayer rate networks is to studies and checks; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { MultilayerNetwork } from './multilayer-network.ts';

/** What a rule makes of one layer's weights and biases in one presentation of a batch: mean over its samples. */
export interface LayerChange {
  /** receivers × senders */
  readonly weights: Matrix;
  readonly biases: Float64Array;
}

/** A network that learns by a rule. */
export interface DeepLearner {
  readonly network: MultilayerNetwork;
  /**
   * What the rule would change now; changes nothing itself. The negative gradient, scaled, for a rule that follows it.
   * @param inputs samples × inputs. @param targets samples × outputs
   */
  changes(inputs: Matrix, targets: Matrix): readonly LayerChange[];
  /** Presents a batch and learns: the changes of all layers, and of feedback that learns. */
  learn(inputs: Matrix, targets: Matrix): void;
  /** samples × outputs; by the network's forward pass unless the rule reads it out otherwise. */
  predict(inputs: Matrix): Matrix;
}

export interface DeepRule {
  readonly declaration: RuleDeclaration;
  /** @param random for whatever the rule draws; not the stream that drew the network */
  create(network: MultilayerNetwork, parameters: RuleParameters, random: Random): DeepLearner;
}
