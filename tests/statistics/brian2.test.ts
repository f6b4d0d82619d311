// Each neuron model beside what Brian2 answered, kept by `npm run check:statistics -- --record`.
import { describe, expect, it } from 'vitest';
import answer from './brian2-answer.json' with { type: 'json' };
import { differentCurrents, differentStatistics } from './compare.ts';
import { type Brian2Answer, comparedModels, comparison } from './comparison.ts';
import { byChance, currents, driven } from './our-models.ts';

const theirs: Brian2Answer = answer;
const { seconds, draws, chanceHz } = comparison;

describe.each(comparedModels)('a neuron of model %s', (model) => {
  it('fires as often as in Brian2 under every steady drive', () => {
    const own = currents(model, comparison.currents[model]);
    expect(differentCurrents(comparison.currents[model], own, theirs.currents[model])).toEqual([]);
    // A curve that is flat would agree with any other.
    expect(new Set(own).size).toBeGreaterThan(4);
  });

  it('has rate, variation and correlation of Brian2 under common input', { timeout: 180_000 }, () => {
    const { weight, bias } = comparison.driven[model];
    expect(differentStatistics(driven(model, weight, bias, seconds, draws), theirs.driven[model])).toEqual([]);
  });
});

it('neurons that fire by chance are as irregular and as independent as in Brian2', { timeout: 180_000 }, () => {
  expect(differentStatistics(byChance(chanceHz, seconds, draws), theirs.byChance)).toEqual([]);
});
