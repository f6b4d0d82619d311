// Checks of BCM's selectivity and of the resting point of Hebbian learning with decay; analysis process.
import { bcm } from '../../../../common/learning-rule/catalogue/bcm.ts';
import { hebb } from '../../../../common/learning-rule/catalogue/hebb.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { mean } from '../../base/vectors.ts';
import { linearLayer, rectifiedLayer } from '../../local/rate-layer.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import { layerOf, type RateImplementation } from './rate-implementation.ts';
import { withEquation } from './spiking-implementation.ts';

const patternCount = 4;

/** The neurons choose; then learning slower than the threshold's noise, so that they come to rest. */
const phases = [
  { learningRate: 0.002, thresholdTimeConstantMilliseconds: 100 },
  { learningRate: 0.0003, thresholdTimeConstantMilliseconds: 100 },
];

/** Four patterns of equal probability, three neurons that begin differently. */
function selectivity(subject: RateImplementation): Measurement {
  const random = new Random(41);
  // A sender of its own makes each pattern independent enough of the others that neurons choose in time; a rare draw takes longer.
  const patterns = Array.from({ length: patternCount }, (_, own) =>
    Float64Array.from({ length: 6 }, (_unused, sender) => 0.6 * random.uniform() + 0.6 * Number(sender === own)),
  );
  const begin = new Matrix(
    3,
    6,
    Float64Array.from({ length: 18 }, () => 0.5 * random.uniform()),
  );
  const layer = phases.reduce(
    (before, parameters) => {
      const next = layerOf(subject, parameters, before.weights);
      for (let presentation = 0; presentation < 40_000; presentation++)
        next.present(patterns[random.below(patternCount)]!);
      return next;
    },
    layerOf(subject, {}, begin),
  );
  const responses = patterns.map((pattern) => layer.respond(pattern));
  const ofNeurons = [0, 1, 2].map((neuron) => responses.map((rates) => rates[neuron]!));
  const selectivities = ofNeurons.map((rates) => 1 - mean(rates) / Math.max(...rates));
  const largest = ofNeurons.map((rates) => Math.max(...rates));
  return {
    value: Math.min(...selectivities),
    passes: selectivities.every((each) => each > 0.7) && largest.every((rate) => Math.abs(rate - patternCount) <= 0.4),
    note: `largest responses ${largest.map((rate) => rate.toFixed(2)).join(', ')}`,
  };
}

const slidingWith = (of: string): RateImplementation => {
  const theta = { kind: 'average', label: 'Threshold', unit: '', of, timeConstant: 'tau_theta' } as const;
  return { declaration: { ...bcm, post: { ...bcm.post, theta } }, dynamics: rectifiedLayer };
};

/** Activities that are given: weights must come to ⟨x y⟩ / λ. */
function restingPoint(subject: RateImplementation): Measurement {
  const pairs = [
    { x: [1, 0, 0.5], y: 1 },
    { x: [0.2, 1, -0.5], y: 0.6 },
  ];
  const decay = 2;
  const layer = layerOf(subject, { learningRate: 0.001, decay }, Matrix.of([[0.9, -0.3, 0]]));
  for (let presentation = 0; presentation < 20_000; presentation++) {
    const { x, y } = pairs[presentation % 2]!;
    layer.present(x, Float64Array.of(y));
  }
  const wanted = [0, 1, 2].map((sender) => mean(pairs.map(({ x, y }) => x[sender]! * y)) / decay);
  return below(Math.max(...wanted.map((weight, sender) => Math.abs(layer.weights.row(0)[sender]! - weight))), 1e-3);
}

const hebbLayer: RateImplementation = { declaration: hebb, dynamics: linearLayer };

export const selectivityChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'bcm-selectivity',
    rules: ['bcm'],
    title: 'Of four independent patterns of equal probability a neuron comes to answer one, with 1 / p',
    source: 'Intrator & Cooper 1992; Castellani, Intrator, Shouval & Cooper 1999',
    gate: 'selectivity > 0.70 and response 4 ± 0.4, for each of three neurons',
    subject: { declaration: bcm, dynamics: rectifiedLayer },
    measure: selectivity,
    mutants: {
      'fixed threshold': {
        declaration: withEquation(bcm, 'step', 'w', 'w + eta * x * y * (y - 1)'),
        dynamics: rectifiedLayer,
      },
      'threshold the mean of y, not of y²': slidingWith('y'),
      'no factor y': {
        declaration: withEquation(bcm, 'step', 'w', 'w + eta * x * (y - theta)'),
        dynamics: rectifiedLayer,
      },
    },
  }),
  ruleCheck({
    id: 'hebb-resting-point',
    rules: ['hebb'],
    title: 'Under given activities the weights come to their mean product divided by the decay',
    source: 'Gerstner & Kistler 2002',
    gate: 'largest error of a weight < 1e-3',
    subject: hebbLayer,
    measure: restingPoint,
    mutants: {
      'no decay': { ...hebbLayer, declaration: withEquation(hebb, 'step', 'w', 'w + eta * x * y') },
      'decay before the learning rate': {
        ...hebbLayer,
        declaration: withEquation(hebb, 'step', 'w', 'w + eta * x * y - lambda * w'),
      },
      'decay with the sender only': {
        ...hebbLayer,
        declaration: withEquation(hebb, 'step', 'w', 'w + eta * x * (y - lambda * w)'),
      },
    },
  }),
];
