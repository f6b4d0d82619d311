// Checks of Oja's and Sanger's rules: they find the principal components of a Gaussian stream; analysis process.
import { oja } from '../../../../common/learning-rule/catalogue/oja.ts';
import { sanger } from '../../../../common/learning-rule/catalogue/sanger.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, norm } from '../../base/vectors.ts';
import { linearLayer } from '../../local/rate-layer.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import { gaussianInput, layerOf, randomComponents, type RateImplementation } from './rate-implementation.ts';
import { withEquation } from './spiking-implementation.ts';

/** The step of learning falls, so that the weights come to rest. */
const learningRates = [0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];

/** @returns weights, and the components that they are to find, after 8000 presentations at each learning rate. */
function learn(subject: RateImplementation, receivers: number, seed: number) {
  const random = new Random(seed);
  const components = randomComponents(random);
  let weights = Matrix.normal(receivers, components.columns, 0.2, random);
  for (const learningRate of learningRates) {
    const layer = layerOf(subject, { learningRate }, weights);
    for (let presentation = 0; presentation < 8000; presentation++) layer.present(gaussianInput(components, random));
    weights = layer.weights;
  }
  return { weights, components };
}

/** Of a component and its opposite, the nearer. */
const angleToLine = (a: Float64Array, b: Float64Array) => {
  const angle = angleDegrees(a, b);
  return Math.min(angle, 180 - angle);
};

function firstComponent(subject: RateImplementation): Measurement {
  const { weights, components } = learn(subject, 1, 31);
  const angle = angleToLine(weights.row(0), components.row(0));
  const length = norm(weights.row(0));
  return {
    value: angle,
    passes: angle < 5 && Math.abs(length - 1) < 0.03,
    note: `length of the weights ${length.toFixed(4)}`,
  };
}

function firstThree(subject: RateImplementation): Measurement {
  const { weights, components } = learn(subject, 3, 32);
  return below(Math.max(...[0, 1, 2].map((row) => angleToLine(weights.row(row), components.row(row)))), 3);
}

const ojaLayer: RateImplementation = { declaration: oja, dynamics: linearLayer };
const sangerLayer: RateImplementation = { declaration: sanger, dynamics: linearLayer };

export const principalComponentChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'oja-first-component',
    rules: ['oja'],
    title: 'The weights come to the first principal component of a Gaussian stream, with length 1',
    source: 'Oja 1982',
    gate: 'angle in degrees < 5, length 1 ± 0.03',
    subject: ojaLayer,
    measure: firstComponent,
    mutants: {
      'no − y² w': { ...ojaLayer, declaration: withEquation(oja, 'step', 'w', 'w + eta * y * x') },
      'y w in place of y² w': { ...ojaLayer, declaration: withEquation(oja, 'step', 'w', 'w + eta * (y * x - y * w)') },
      'decay without y²': { ...ojaLayer, declaration: withEquation(oja, 'step', 'w', 'w + eta * (y * x - w)') },
    },
  }),
  ruleCheck({
    id: 'sanger-first-three-components',
    rules: ['sanger'],
    title: 'Three receivers come to the first three principal components, in order',
    source: 'Sanger 1989',
    gate: 'largest angle in degrees < 3',
    subject: sangerLayer,
    measure: firstThree,
    mutants: {
      'all other receivers explain, not only those before': {
        ...sangerLayer,
        dynamics: { ...linearLayer, explainsFor: (receiver, other) => receiver !== other },
      },
      'nothing is explained': { ...sangerLayer, dynamics: { ...linearLayer, explainsFor: () => false } },
      'explained part added': {
        ...sangerLayer,
        declaration: withEquation(sanger, 'step', 'w', 'w + eta * y * (x + explained - y * w)'),
      },
    },
  }),
];
