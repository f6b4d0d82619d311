// Checks of the dendrite that predicts its soma; analysis process.
import { Random } from '../../base/random.ts';
import { predictingNeuron, presenter, type PredictingNeuron, type Teacher } from '../../phases/dendritic-prediction.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { largest } from './small-problem.ts';

/** Input patterns, each with what the teacher does to the soma. */
const lessons = (): { readonly psp: Float64Array; readonly teacher: Teacher }[] => {
  const random = new Random(14);
  return Array.from({ length: 8 }, () => ({
    psp: Float64Array.from({ length: 20 }, () => random.uniform()),
    teacher: { excitation: 2 + 2 * random.uniform(), inhibition: 6 + 6 * random.uniform() },
  }));
};

const withNeuronEquation = (w: string): PredictingNeuron => ({
  ...predictingNeuron,
  declaration: { ...predictingNeuron.declaration, on: { step: { w } } },
});

export const dendriticPredictionChecks: readonly RuleCheck[] = [
  ruleCheck<PredictingNeuron>({
    id: 'dendritic-prediction-learns-the-teacher',
    rules: ['dendritic-prediction'],
    title: 'With a teacher the dendrite comes to predict the soma, which fires as the teacher alone would have it',
    source: 'Urbanczik & Senn 2014: stationary where the rate of the soma is the predicted one',
    gate: 'largest difference of fired and predicted, and of predicted and taught rate, < 0.02',
    subject: predictingNeuron,
    measure(neuron) {
      const all = lessons();
      const present = presenter(neuron, { learningRate: 0.02 });
      let weights: Float64Array = new Float64Array(20);
      for (let round = 0; round < 4000; round++) {
        for (const { psp, teacher } of all) weights = present(weights, psp, teacher).weights;
      }
      const { excitatoryReversal, inhibitoryReversal } = predictingNeuron.compartments;
      const misses = all.flatMap(({ psp, teacher }) => {
        const { fired, predicted } = present(weights, psp, teacher);
        const { excitation, inhibition } = teacher;
        const potential =
          (excitation * excitatoryReversal + inhibition * inhibitoryReversal) / (excitation + inhibition);
        return [fired - predicted, predicted - predictingNeuron.rate(potential)];
      });
      return below(largest(misses), 0.02);
    },
    mutants: {
      'attenuation towards the soma left out': { ...predictingNeuron, attenuated: (_, dendrite) => dendrite },
      'difference the other way round': withNeuronEquation('w + eta * (predicted - fired) * sensitivity * psp'),
      'rate fired without what was predicted': withNeuronEquation('w + eta * fired * sensitivity * psp'),
      'teacher not divided by its own conductance': {
        ...predictingNeuron,
        soma: (
          { leak, dendrite: coupling, excitatoryReversal, inhibitoryReversal },
          dendrite,
          { excitation, inhibition },
        ) =>
          (coupling * dendrite + excitation * excitatoryReversal + inhibition * inhibitoryReversal) / (leak + coupling),
      },
    },
  }),
  ruleCheck<PredictingNeuron>({
    id: 'dendritic-prediction-needs-a-teacher',
    rules: ['dendritic-prediction'],
    title: 'Without a teacher nothing drives the weights',
    source: 'Urbanczik & Senn 2014',
    gate: 'largest change < 1e-14',
    subject: predictingNeuron,
    measure(neuron) {
      const random = new Random(16);
      const present = presenter(neuron, { learningRate: 1 });
      const changes = lessons().flatMap(({ psp }) => {
        const weights = Float64Array.from({ length: 20 }, () => random.normal() / 4);
        const after = present(weights, psp, { excitation: 0, inhibition: 0 }).weights;
        return [...after.map((each, index) => each - weights[index]!)];
      });
      return below(largest(changes), 1e-14);
    },
    mutants: {
      'attenuation towards the soma left out': { ...predictingNeuron, attenuated: (_, dendrite) => dendrite },
      'leak counted twice in the prediction': {
        ...predictingNeuron,
        attenuated: ({ leak, dendrite: coupling }, dendrite) => (coupling / (coupling + 2 * leak)) * dendrite,
      },
      'rate fired without what was predicted': withNeuronEquation('w + eta * fired * sensitivity * psp'),
    },
  }),
  ruleCheck<PredictingNeuron>({
    id: 'dendritic-prediction-sensitivity',
    rules: ['dendritic-prediction'],
    title: 'The sensitivity is the slope of the logarithm of the rate',
    source: 'Urbanczik & Senn 2014, h = d ln φ / dV',
    gate: 'largest relative error to central differences < 1e-7',
    subject: predictingNeuron,
    measure({ rate, sensitivity }) {
      const h = 1e-5;
      return below(
        largest(
          [-0.5, 0, 0.4, 1, 1.5].map((v) => {
            const wanted = (Math.log(rate(v + h)) - Math.log(rate(v - h))) / (2 * h);
            return sensitivity(v) / wanted - 1;
          }),
        ),
        1e-7,
      );
    },
    mutants: {
      'slope of the rate, not of its logarithm': {
        ...predictingNeuron,
        sensitivity: (v) => predictingNeuron.sensitivity(v) * predictingNeuron.rate(v),
      },
      'steepness left out': { ...predictingNeuron, sensitivity: (v) => predictingNeuron.sensitivity(v) / 5 },
    },
  }),
];
