// Checks of the dendritic microcircuit with apical errors; analysis process.
import { parseRule } from '../../../../common/learning-rule/parsed-rule.ts';
import { Random } from '../../base/random.ts';
import { Matrix } from '../../base/matrix.ts';
import { angleDegrees } from '../../base/vectors.ts';
import { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import type { Conductances, Microcircuit } from '../../phases/dendritic-microcircuit.ts';
import { settleMicrocircuit } from '../../phases/dendritic-microcircuit.ts';
import {
  basalChanges,
  drawFeedback,
  learnInterneurons,
  type MicrocircuitRuleParts,
  microcircuitRuleParts,
  selfPredicting,
} from '../../phases/microcircuit-rule.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { descent } from './reference-gradient.ts';
import { largest, smallProblem } from './small-problem.ts';

const settling = { T: 4000, rest: 0, step: 0.5 };
const conductances: Conductances = { g_leak: 0.1, g_basal: 1, g_apical: 0.8, g_somatic: 0.8, g_teaching: 0.1 };

interface CircuitMaking {
  readonly parts: MicrocircuitRuleParts;
  make(
    parts: MicrocircuitRuleParts,
    network: MultilayerNetwork,
    feedback: readonly Matrix[],
    of: Conductances,
  ): Microcircuit;
}
const circuitMaking: CircuitMaking = { parts: microcircuitRuleParts, make: selfPredicting };
const withCircuitParts = (change: Partial<MicrocircuitRuleParts>): CircuitMaking => ({
  ...circuitMaking,
  parts: { ...microcircuitRuleParts, ...change },
});
const randomInterneurons: CircuitMaking = {
  ...circuitMaking,
  make(parts, network, feedback, of) {
    const random = new Random(15);
    const made = selfPredicting(parts, network, feedback, of);
    const draw = ({ rows, columns }: Matrix) => Matrix.normal(rows, columns, 1 / Math.sqrt(columns), random);
    return {
      ...made,
      apical: made.apical.map((each) => ({
        ...each,
        toInterneurons: { ...each.toInterneurons, weights: draw(each.toInterneurons.weights) },
        inhibition: { ...each.inhibition, weights: draw(each.inhibition.weights) },
      })),
    };
  },
};

/** The network whose forward pass is what somata do: weights and biases attenuated. */
const attenuated = ({ layers }: MultilayerNetwork, parts: MicrocircuitRuleParts): MultilayerNetwork =>
  new MultilayerNetwork(
    layers.map((layer, index) => {
      const part = parts.attenuation(conductances, index === layers.length - 1);
      return { ...layer, weights: layer.weights.scaled(part), biases: layer.biases.map((each) => part * each) };
    }),
  );

export const microcircuitChecks: readonly RuleCheck[] = [
  ruleCheck<CircuitMaking>({
    id: 'dendritic-microcircuit-silent-apical',
    rules: ['dendritic-microcircuit', 'dendritic-microcircuit-inhibition'],
    title: 'In the self-predicting state, without teacher, apical dendrites are at rest and nothing changes',
    source: 'Sacramento et al. 2018',
    gate: 'largest apical potential < 1e-10',
    subject: circuitMaking,
    measure({ parts, make }) {
      const { network, inputs } = smallProblem(17, [6, 10, 8, 4], 5);
      const circuit = make(parts, network, drawFeedback(network, new Random(18)), conductances);
      const state = settleMicrocircuit(parts, circuit, inputs, undefined, settling);
      return below(largest([0, 1].flatMap((index) => [...parts.apical(circuit, state, index).values])), 1e-10);
    },
    mutants: {
      'sign of inhibition': withCircuitParts({
        apical: (circuit, state, index) =>
          microcircuitRuleParts.apical(
            {
              ...circuit,
              apical: circuit.apical.map((each) => ({
                ...each,
                inhibition: { ...each.inhibition, weights: each.inhibition.weights.scaled(-1) },
              })),
            },
            state,
            index,
          ),
      }),
      'random interneurons': randomInterneurons,
      'hidden layers attenuated as if they had no apical dendrites': withCircuitParts({
        attenuation: (of) => microcircuitRuleParts.attenuation(of, true),
      }),
      'interneurons not driven by their own dendrites': withCircuitParts({
        interneurons: ({ conductances: { g_leak, g_basal, g_somatic } }, { somata }, index) =>
          somata[index + 1]!.scaled(g_somatic / (g_leak + g_basal + g_somatic)),
      }),
    },
  }),
  ruleCheck<CircuitMaking>({
    id: 'dendritic-microcircuit-apical-error',
    rules: ['dendritic-microcircuit'],
    title:
      'With a weak teacher and feedback over the transposed weights, apical potentials are the backpropagated error',
    source: 'Sacramento et al. 2018',
    gate: 'angle in degrees < 1 at a teaching conductance of 0.1, below it in proportion',
    subject: circuitMaking,
    measure({ parts, make }) {
      const { network, inputs, targets } = smallProblem(19, [6, 10, 4], 5);
      const feedback = network.layers.slice(1).map(({ weights }) => weights.transposed());
      const effective = attenuated(network, microcircuitRuleParts);
      const activities = effective.forward(inputs);
      const wanted = targets.minus(activities[1]!.rates).times(network.layers[1]!.weights);
      const [weaker, weak, strong] = [0.001, 0.1, 1].map((g_teaching) => {
        const circuit = make(parts, network, feedback, { ...conductances, g_teaching });
        const state = settleMicrocircuit(parts, circuit, inputs, targets, settling);
        return angleDegrees(parts.apical(circuit, state, 0).values, wanted.values);
      }) as [number, number, number];
      return {
        value: weak,
        passes: weak < 1 && weaker < weak / 5 && weak < strong,
        note: `${weaker.toExponential(1)} at 0.001, ${strong.toFixed(2)} at 1`,
      };
    },
    mutants: {
      'random interneurons': randomInterneurons,
      'hidden layers attenuated as if they had no apical dendrites': withCircuitParts({
        soma: (circuit, state, index, basal, targets) =>
          index < circuit.apical.length
            ? basal.with(microcircuitRuleParts.apical(circuit, state, index), (b, a) => b / 1.1 + 0.8 * a)
            : microcircuitRuleParts.soma(circuit, state, index, basal, targets),
      }),
      'teacher with the wrong sign': withCircuitParts({
        soma: (circuit, state, index, basal, targets) =>
          microcircuitRuleParts.soma(circuit, state, index, basal, targets?.scaled(-1)),
      }),
      'feedback over the forward weights of random sign': {
        ...circuitMaking,
        make: (parts, network, feedback, of) =>
          selfPredicting(
            parts,
            network,
            feedback.map((each) => each.map((value, index) => (index % 2 === 0 ? value : -value))),
            of,
          ),
      },
    },
  }),
  ruleCheck<CircuitMaking>({
    id: 'dendritic-microcircuit-basal-error',
    rules: ['dendritic-microcircuit'],
    title: 'With a weak teacher and feedback over the transposed weights, each layer changes along the gradient',
    source: 'Sacramento et al. 2018, weak-feedback analysis',
    gate: 'largest angle of a layer in degrees < 2 at a teaching conductance of 0.001 and an apical one of 0.01',
    subject: circuitMaking,
    measure({ parts, make }) {
      const { network, inputs, targets } = smallProblem(20, [6, 10, 4], 5);
      const feedback = network.layers.slice(1).map(({ weights }) => weights.transposed());
      const weak = { ...conductances, g_teaching: 0.001, g_apical: 0.01 };
      const { attenuation } = microcircuitRuleParts;
      const effective = new MultilayerNetwork(
        network.layers.map((layer, index) => {
          const part = attenuation(weak, index === 1);
          return { ...layer, weights: layer.weights.scaled(part), biases: layer.biases.map((each) => part * each) };
        }),
      );
      const wanted = descent(effective, inputs, targets);
      const circuit = make(parts, network, feedback, weak);
      const state = settleMicrocircuit(parts, circuit, inputs, targets, settling);
      const own = basalChanges(parts, parseRule(parts.declaration), { learningRate: 1 }, circuit, inputs, state);
      return below(
        Math.max(...own.map((each, index) => angleDegrees(each.weights.values, wanted[index]!.weights.values))),
        2,
      );
    },
    mutants: {
      'apical leak not in the prediction of the soma': withCircuitParts({
        attenuation: (of) => microcircuitRuleParts.attenuation(of, true),
      }),
      'random interneurons': randomInterneurons,
      'prediction left out of the equation': withCircuitParts({
        declaration: { ...microcircuitRuleParts.declaration, on: { step: { w: 'w + eta * fired * x' } } },
      }),
    },
  }),
  ruleCheck<MicrocircuitRuleParts>({
    id: 'dendritic-microcircuit-learns-to-predict-itself',
    rules: ['dendritic-microcircuit', 'dendritic-microcircuit-inhibition'],
    title: 'Without teacher, disturbed interneurons learn to silence apical dendrites again',
    source: 'Sacramento et al. 2018',
    gate: 'apical potentials after 600 presentations, of those before, < 0.1',
    subject: microcircuitRuleParts,
    measure(parts) {
      const { network, inputs } = smallProblem(21, [4, 6, 3], 6);
      const random = new Random(22);
      const feedback = drawFeedback(network, random);
      const circuit = selfPredicting(parts, network, feedback, conductances);
      for (const { toInterneurons, inhibition } of circuit.apical) {
        for (const values of [toInterneurons.weights.values, inhibition.weights.values])
          for (let at = 0; at < values.length; at++) values[at]! += 0.3 * random.normal();
      }
      const quick = { T: 60, rest: 1e-9, step: 0.7 };
      const apical = () => {
        const state = settleMicrocircuit(parts, circuit, inputs, undefined, quick);
        return { state, size: largest(parts.apical(circuit, state, 0).values) };
      };
      const before = apical().size;
      const rules = [parseRule(parts.declaration), parseRule(parts.inhibition)] as const;
      for (let round = 0; round < 600; round++) learnInterneurons(parts, rules, 0.3, circuit, apical().state);
      return below(apical().size / before, 0.1);
    },
    mutants: {
      'inhibition learns the wrong way': {
        ...microcircuitRuleParts,
        inhibition: { ...microcircuitRuleParts.inhibition, on: { step: { w: 'w + eta * apical * x' } } },
      },
      'interneurons do not learn': {
        ...microcircuitRuleParts,
        declaration: {
          ...microcircuitRuleParts.declaration,
          on: { step: { w: 'w + 0 * eta * (fired - predicted) * x' } },
        },
        inhibition: { ...microcircuitRuleParts.inhibition, on: { step: { w: 'w - 0 * eta * apical * x' } } },
      },
      'inhibition learns by the rate of interneurons alone': {
        ...microcircuitRuleParts,
        inhibition: { ...microcircuitRuleParts.inhibition, on: { step: { w: 'w - eta * x' } } },
      },
    },
  }),
];
