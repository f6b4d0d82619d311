import { describe, expect, it } from 'vitest';
import { spikingRules } from '../../../../../common/experiment/network/plasticity.ts';
import { peers, rulePartsOf } from './rule-parts.ts';

describe('rulePartsOf', () => {
  it('takes every spiking rule and every peer when none is named', () =>
    expect(rulePartsOf(undefined)).toEqual({ rules: spikingRules, peers }));

  it('takes the named ones', () => {
    const { rules, peers: named } = rulePartsOf('brian2, pair-stdp');
    expect(rules.map(({ name }) => name)).toEqual(['pair-stdp']);
    expect(named).toEqual(['brian2']);
  });

  it.each(['pairs', 'pair-stdp,', 'backpropagation'])("refuses '%s'", (text) =>
    expect(() => rulePartsOf(text)).toThrow(RangeError),
  );
});
