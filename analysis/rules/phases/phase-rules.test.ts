import { describe, expect, it } from 'vitest';
import { localityOf } from '../../../common/learning-rule/locality.ts';
import { Matrix } from '../base/matrix.ts';
import { Random } from '../base/random.ts';
import { relu, tanh } from '../deep/activation.ts';
import { MultilayerNetwork, squaredError } from '../deep/multilayer-network.ts';
import { holomorphicParts, holomorphicRule } from './holomorphic-equilibrium-propagation.ts';
import { phaseRules } from './phase-rules.ts';

const all = phaseRules.map((rule) => [rule.declaration.name, rule] as const);
const inputs = Matrix.normal(8, 4, 1, new Random(1));
const targets = MultilayerNetwork.random([4, 8, 2], tanh, new Random(2)).predict(inputs);
const student = () => MultilayerNetwork.random([4, 8, 6, 2], tanh, new Random(3));

describe('a multilayer rule of phases', () => {
  it.each(all)('%s halves the error of a student', (_, rule) => {
    const network = student();
    const learner = rule.create(network, { settlingSteps: 40 }, new Random(3, 1));
    const before = squaredError(learner.predict(inputs), targets);
    for (let step = 0; step < 60; step++) learner.learn(inputs, targets);
    expect(squaredError(learner.predict(inputs), targets)).toBeLessThan(before / 2);
  });

  it.each(all)('%s changes nothing by being asked what it would change', (_, rule) => {
    const network = student();
    const learner = rule.create(network, {}, new Random(4, 1));
    const before = network.copy();
    const [first, second] = [learner.changes(inputs, targets), learner.changes(inputs, targets)];
    expect(second).toEqual(first);
    expect(network.layers).toEqual(before.layers);
  });

  it('needs what its pathways say', () => {
    expect(Object.fromEntries(all.map(([name, { declaration }]) => [name, localityOf(declaration)]))).toEqual({
      'predictive-coding': 'L5',
      'predictive-coding-fixed': 'L5',
      'predictive-coding-nudged': 'L5',
      'predictive-coding-incremental': 'L5',
      'equilibrium-propagation': 'L5',
      'equilibrium-propagation-symmetric': 'L5',
      'equilibrium-propagation-holomorphic': 'L5',
      'equilibrium-propagation-vector-field': 'L4',
      'contrastive-hebbian': 'L5',
      'contrastive-hebbian-weak-feedback': 'L5',
      'dendritic-microcircuit': 'L4',
      'burst-dependent-ensemble': 'L4',
    });
  });

  it('is refused by the holomorphic rule with an activation that has a kink', () => {
    const network = MultilayerNetwork.random([4, 8, 2], relu, new Random(5));
    expect(() => holomorphicRule(holomorphicParts).create(network, {}, new Random(6))).toThrow(/not 'relu'/);
  });
});
