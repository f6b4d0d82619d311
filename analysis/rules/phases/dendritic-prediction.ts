// A neuron of two compartments whose dendrite learns to predict its soma; analysis process.
import { applyRule, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { dendriticPrediction } from '../../../common/learning-rule/catalogue/dendritic-prediction.ts';
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { dot } from '../base/vectors.ts';

/** Conductances in units of the leak, potentials in units of the distance from rest (0) to threshold (1). */
export interface Compartments {
  readonly leak: number;
  /** From the dendrite onto the soma. */
  readonly dendrite: number;
  readonly excitatoryReversal: number;
  readonly inhibitoryReversal: number;
}

/** What a teacher opens at the soma. */
export interface Teacher {
  readonly excitation: number;
  readonly inhibition: number;
}

/** What the neuron is made of. */
export interface PredictingNeuron {
  readonly declaration: RuleDeclaration;
  readonly compartments: Compartments;
  /** @returns the potential of the soma at rest with this potential of the dendrite and this teacher. */
  soma(compartments: Compartments, dendrite: number, teacher: Teacher): number;
  /** @returns the potential that the soma would have with the dendrite alone. */
  attenuated(compartments: Compartments, dendrite: number): number;
  /** @returns the rate at a potential, of the greatest. */
  rate(potential: number): number;
  /** @returns the slope of the logarithm of the rate. */
  sensitivity(potential: number): number;
}

/** Escape rate 1 / (1 + k exp(slope (θ − U))) of Urbanczik & Senn 2014. */
const escape = { k: 0.5, slope: 5, threshold: 1 };
const odds = (potential: number) => escape.k * Math.exp(escape.slope * (escape.threshold - potential));

export const predictingNeuron: PredictingNeuron = {
  declaration: dendriticPrediction,
  compartments: { leak: 1, dendrite: 20, excitatoryReversal: 14 / 3, inhibitoryReversal: -1 / 3 },
  soma: ({ leak, dendrite: coupling, excitatoryReversal, inhibitoryReversal }, dendrite, { excitation, inhibition }) =>
    (coupling * dendrite + excitation * excitatoryReversal + inhibition * inhibitoryReversal) /
    (leak + coupling + excitation + inhibition),
  attenuated: ({ leak, dendrite: coupling }, dendrite) => (coupling / (coupling + leak)) * dendrite,
  rate: (potential) => 1 / (1 + odds(potential)),
  sensitivity: (potential) => (escape.slope * odds(potential)) / (1 + odds(potential)),
};

/** One presentation as the neuron and its synapses see it. */
export interface Presentation {
  /** Rate of the soma, of the greatest. */
  readonly fired: number;
  /** Rate that the dendrite alone would cause. */
  readonly predicted: number;
  /** Weights after it. */
  readonly weights: Float64Array;
}

/**
 * @returns a function that presents one input: `psp` is the postsynaptic potential of each synapse at a weight of 1;
 * it changes nothing itself.
 */
export function presenter(
  { declaration, compartments, soma, attenuated, rate, sensitivity }: PredictingNeuron,
  parameters: RuleParameters,
): (weights: Float64Array, psp: Float64Array, teacher: Teacher) => Presentation {
  const rule = parseRule(declaration);
  return (weights, psp, teacher) => {
    const dendrite = dot(weights, psp);
    const alone = attenuated(compartments, dendrite);
    const fired = rate(soma(compartments, dendrite, teacher));
    const predicted = rate(alone);
    const values = { w: weights, psp, fired, predicted, sensitivity: sensitivity(alone) };
    const after = applyRule(rule, 'step', parameters, values, weights.length)?.['w'];
    return { fired, predicted, weights: after instanceof Float64Array ? after : weights };
  };
}
