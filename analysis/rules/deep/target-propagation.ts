// Target propagation, difference target propagation and its two repairs, for multilayer rate networks; analysis process.
import {
  differenceTargetPropagation as byDifferences,
  directLinearFeedback as direct,
  localDifferenceReconstruction as locally,
  targetPropagation as plain,
} from '../../../common/learning-rule/catalogue/target-propagation.ts';
import type { Matrix } from '../base/matrix.ts';
import { linear } from './activation.ts';
import { drawByLayers, drawFromOutput } from './carry-errors.ts';
import type { LayerActivity } from './multilayer-network.ts';
import { learnByDifferences, learnLocally, learnToReconstruct } from './target-feedback.ts';
import { type Backward, type TargetParts, targetRule } from './target-rule.ts';

/** t_l = g_l(t_(l+1)) */
export function plainTargets(backward: Backward, activities: readonly LayerActivity[], top: Matrix): readonly Matrix[] {
  const targets = [top];
  for (let layer = activities.length - 2; layer >= 0; layer--) targets.unshift(backward(layer, targets[0]!));
  return targets;
}

/** t_l = h_l + g_l(t_(l+1)) − g_l(h_(l+1)) */
export function differenceTargets(
  backward: Backward,
  activities: readonly LayerActivity[],
  top: Matrix,
): readonly Matrix[] {
  const targets = [top];
  for (let layer = activities.length - 2; layer >= 0; layer--) {
    const correction = backward(layer, targets[0]!).minus(backward(layer, activities[layer + 1]!.rates));
    targets.unshift(activities[layer]!.rates.plus(correction));
  }
  return targets;
}

/** t_l = h_l + Q_l (t_L − h_L) */
export function directTargets(
  backward: Backward,
  activities: readonly LayerActivity[],
  top: Matrix,
): readonly Matrix[] {
  const wanted = top.minus(activities.at(-1)!.rates);
  return [...activities.slice(0, -1).map(({ rates }, layer) => rates.plus(backward(layer, wanted))), top];
}

export const differenceTargetPropagationParts: TargetParts = {
  declaration: byDifferences,
  // What feedback reconstructs are rates, so it has the activation of the layer that it goes to.
  draw: (network, ...given) =>
    drawByLayers(network, ...given).map((weights, layer) => ({
      weights,
      biases: new Float64Array(weights.rows),
      activation: network.layers[layer]!.activation,
    })),
  targets: differenceTargets,
  learnFeedback: learnToReconstruct,
};

export const targetPropagationParts: TargetParts = {
  ...differenceTargetPropagationParts,
  declaration: plain,
  targets: plainTargets,
};

export const directLinearFeedbackParts: TargetParts = {
  declaration: direct,
  draw: (...given) =>
    drawFromOutput(...given).map((weights) => ({
      weights,
      biases: new Float64Array(weights.rows),
      activation: linear,
    })),
  targets: directTargets,
  learnFeedback: learnByDifferences,
};

export const localDifferenceReconstructionParts: TargetParts = {
  declaration: locally,
  draw: (...given) =>
    drawByLayers(...given).map((weights) => ({ weights, biases: new Float64Array(weights.rows), activation: linear })),
  targets: differenceTargets,
  learnFeedback: learnLocally,
};

export const targetPropagation = targetRule(targetPropagationParts);
export const differenceTargetPropagation = targetRule(differenceTargetPropagationParts);
export const directLinearFeedback = targetRule(directLinearFeedbackParts);
export const localDifferenceReconstruction = targetRule(localDifferenceReconstructionParts);
