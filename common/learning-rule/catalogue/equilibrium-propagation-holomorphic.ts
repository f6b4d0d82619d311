// Holomorphic equilibrium propagation: the nudging goes round a circle of complex numbers, and no part of it has to be small.
import type { RuleDeclaration } from '../declaration.ts';
import { nudging, secondRate, restTolerance, settlingSteps } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

const receiver = (part: string) => ({
  label: `${part} part of the receiver's rate, nudged over connections that equal the forward ones`,
  unit: '',
  pathway: 'transposed-weights' as const,
});
const teacher = (part: string) => ({
  label: `${part} of the phase of the nudging`,
  unit: '',
  min: -1,
  max: 1,
  pathway: 'broadcast' as const,
});

export const equilibriumPropagationHolomorphic: RuleDeclaration = {
  name: 'equilibrium-propagation-holomorphic',
  title: 'Equilibrium propagation, holomorphic',
  about:
    'The nudging takes N values β exp(2πik/N); the first Fourier coefficient of the correlations over them is the gradient, with an error of order β to the N. One step for each value.',
  form: 'rate',
  sources: ['Laborieux & Zenke 2022, NeurIPS 35'],
  parameters: {
    learningRate: learningRate(0.05),
    nudging: nudging(0.2, 0.9),
    points: { symbol: 'N', label: 'Points on the circle', unit: '', min: 2, max: 64, default: 4 },
    settlingSteps: settlingSteps(100),
    restTolerance,
  },
  pre: {
    x_real: secondRate("Real part of the sender's rate"),
    x_imaginary: secondRate("Imaginary part of the sender's rate"),
  },
  post: {},
  thirdFactors: {
    y_real: receiver('Real'),
    y_imaginary: receiver('Imaginary'),
    cosine: teacher('Cosine'),
    sine: teacher('Sine'),
  },
  synapse: {},
  bounds: {},
  on: {
    step: {
      w: 'w + eta / (N * beta) * (cosine * (y_real * x_real - y_imaginary * x_imaginary) + sine * (y_real * x_imaginary + y_imaginary * x_real))',
    },
  },
};
