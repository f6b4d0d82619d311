import { expect, it } from 'vitest';
import { synapsesOfPart } from '../network/survey-parts.ts';
import { WeightSurvey } from './weight-survey.ts';

function rowsOf(senders: number) {
  const rowStart = Uint32Array.from({ length: senders + 1 }, (_, sender) => sender * synapsesOfPart);
  const synapses = senders * synapsesOfPart;
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
    expect(survey.total()).toBe(before + (part + 1) * synapsesOfPart * (2 ** 29 + 1));
  }
  expect(survey.total()).toBe(sumOf(weights));
});
