// How the feedback of target propagation learns from noise, in its three ways; analysis process.
import {
  differenceReconstruction,
  localDifferenceFeedback,
  reconstruction,
} from '../../../common/learning-rule/catalogue/reconstruction.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parameterValue } from '../../../common/learning-rule/parameter-value.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import { type Layer, type LayerActivity, MultilayerNetwork, respond, slopesOf } from './multilayer-network.ts';
import { addChange, synapticChange } from './synaptic-change.ts';
import type { TargetFeedbackLearning } from './target-rule.ts';

type FeedbackLearner = (learning: TargetFeedbackLearning, activities: readonly LayerActivity[]) => void;

/** |g(f(h + ε)) − (h + ε)|² becomes less. @param declaration of the feedback's changes */
export const reconstructionBy =
  (declaration: RuleDeclaration, rule = parseRule(declaration)): FeedbackLearner =>
  ({ parameters, network, feedback, random }, activities) => {
    const deviation = parameterValue(declaration, parameters, 'noiseDeviation');
    feedback.forEach((layer, index) => {
      const { rates } = activities[index]!;
      const wanted = rates.plus(Matrix.normal(rates.rows, rates.columns, deviation, random));
      const x = respond(network.layers[index + 1]!, wanted).rates;
      const back = respond(layer, x);
      addChange(
        layer,
        synapticChange(rule, parameters, layer, { x }, { guess: back.rates, slope: slopesOf(layer, back), wanted }),
      );
    });
  };

/** |Q (f(h + ε) − f(h)) − ε|² and the size of Q become less, f being all the way from the layer to the output. */
export const differenceReconstructionBy =
  (declaration: RuleDeclaration, rule = parseRule(declaration)): FeedbackLearner =>
  ({ parameters, network, feedback, random }, activities) => {
    const deviation = parameterValue(declaration, parameters, 'noiseDeviation');
    feedback.forEach((layer, index) => {
      const { rates } = activities[index]!;
      const noise = Matrix.normal(rates.rows, rates.columns, deviation, random);
      const above = new MultilayerNetwork(network.layers.slice(index + 1));
      const difference = above.predict(rates.plus(noise)).minus(activities.at(-1)!.rates);
      const guess = respond(layer, difference).rates;
      addWeights(layer, synapticChange(rule, parameters, layer, { difference }, { guess, noise }).weights);
    });
  };

/** −ε·(g(f(h + ε)) − g(f(h))) + |g(y + ν) − g(y)|² / 2 becomes less, with linear g. */
export const localDifferenceBy =
  (declaration: RuleDeclaration, rule = parseRule(declaration)): FeedbackLearner =>
  ({ parameters, network, feedback, random }, activities) => {
    const deviation = parameterValue(declaration, parameters, 'noiseDeviation');
    feedback.forEach((layer, index) => {
      const [{ rates }, above] = [activities[index]!, activities[index + 1]!.rates];
      const noise = Matrix.normal(rates.rows, rates.columns, deviation, random);
      const difference = respond(network.layers[index + 1]!, rates.plus(noise)).rates.minus(above);
      const probe = Matrix.normal(above.rows, above.columns, deviation, random);
      const response = probe.timesTransposed(layer.weights);
      const change = synapticChange(rule, parameters, layer, { difference, probe }, { noise, response });
      addWeights(layer, change.weights);
    });
  };

/** Feedback that answers differences has no biases: they would cancel. */
function addWeights({ weights }: Layer, change: Matrix): void {
  weights.values.set(weights.plus(change).values);
}

export const learnToReconstruct = reconstructionBy(reconstruction);
export const learnByDifferences = differenceReconstructionBy(differenceReconstruction);
export const learnLocally = localDifferenceBy(localDifferenceFeedback);
