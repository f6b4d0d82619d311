import { expect, it } from 'vitest';
import { synapsesOfOnePart } from '../network/survey-parts.ts';
import { compileNetwork } from '../network/compile-network.ts';
import { configurationOf } from '../example-configuration.ts';
import { WeightSurvey, withoutSurveys, withSurveys } from './weight-survey.ts';
import { TypescriptBackend } from './typescript/typescript-backend.ts';

function rowsOf(senders: number) {
  const rowStart = Uint32Array.from({ length: senders + 1 }, (_, sender) => sender * synapsesOfOnePart);
  const synapses = senders * synapsesOfOnePart;
  const weights = Int32Array.from({ length: synapses }, (_, synapse) => (synapse % 7) - 2 ** 30);
  return { rowStart, targets: new Uint32Array(synapses), weights };
}
const sumOf = (weights: Int32Array) => weights.reduce((sum, weight) => sum + weight, 0);

it('begins with the exact sum, also of negative weights beyond 32 bits', () => {
  const rows = rowsOf(3);
  expect(new WeightSurvey(rows).total()).toBe(sumOf(rows.weights));
});

it('sees a change when its part has its turn, and all changes after a round', () => {
  const rows = rowsOf(3);
  const survey = new WeightSurvey(rows);
  const before = survey.total();
  const weights = rows.weights.map((weight) => weight + 2 ** 29 + 1);
  for (let part = 0; part < 3; part++) {
    survey.survey(3 + part, weights);
    expect(survey.total()).toBe(before + (part + 1) * synapsesOfOnePart * (2 ** 29 + 1));
  }
  expect(survey.total()).toBe(sumOf(weights));
});

it('sums the weights of a state that does not say what was summed last, and leaves a state that does', () => {
  const population = { model: 'lif' as const, neurons: 20 };
  const network = compileNetwork(
    configurationOf({
      populations: [{ name: 'cells', ...population }],
      projections: [
        {
          ...{ name: 'learning', from: 'cells', to: 'cells', weightMillivolts: 1 },
          connections: { kind: 'random', probability: 1 },
          plasticity: { rule: 'pair-stdp', maximumWeightMillivolts: 2 },
        },
      ],
      inputs: [{ to: 'cells', neuronsPerElectrode: 1, weightMillivolts: 1 }],
    }),
  );
  const backend = new TypescriptBackend(network);
  const state = backend.state();
  const weights = state.arrays['projection/0/weights']!.map(() => 2 * network.projections[0]!.weights[0]!);
  const changed = { ...state, arrays: { ...state.arrays, 'projection/0/weights': weights } };
  expect(withSurveys(network, changed)).toEqual(changed);
  backend.restore({ ...changed, arrays: withoutSurveys(changed.arrays, [0]) });
  expect(backend.meanPlasticWeightMillivolts()).toBeCloseTo(weights[0]! / network.projections[0]!.weightUnit, 9);
});
