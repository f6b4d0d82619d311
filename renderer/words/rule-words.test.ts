import { describe, expect, it } from 'vitest';
import { catalogue } from '../../common/learning-rule/catalogue/catalogue.ts';
import { pairStdp } from '../../common/learning-rule/catalogue/pair-stdp.ts';
import { equationLines, plasticityLines, rangeWords, readLines } from './rule-words.ts';

describe('a rule in words', () => {
  it('shows its equations with their events and bounds', () => {
    expect(equationLines(pairStdp)).toEqual([
      'w ← w - A_minus * w_max * y   at an arrival',
      'w ← w + A_plus * w_max * x   at a spike of the receiver',
      '0 ≤ w ≤ w_max',
    ]);
  });

  it('says what a synapse reads', () => {
    expect(readLines(pairStdp)).toEqual(['x: Trace of the sender', 'y: Trace of the receiver']);
  });

  it('writes the lines for a network model, with the unit of weights in their key', () => {
    const lines = plasticityLines(pairStdp, { potentiationFraction: 0.01, maximumWeight: 2 });
    expect(lines).toContain('  rule: pair-stdp');
    expect(lines).toContain('  potentiationFraction: 0.01');
    expect(lines).toContain('  maximumWeightMillivolts: 2');
  });

  it('gives the range of a parameter with the unit that it has where the rule runs', () => {
    const range = { symbol: 'w_max', label: 'Largest weight', min: 0, max: 20_000, default: 1 };
    expect(rangeWords('spiking', { ...range, unit: 'w' })).toBe('0 to 20,000 mV');
    expect(rangeWords('rate', { ...range, unit: 'w' })).toBe('0 to 20,000');
    expect(rangeWords('spiking', { ...range, min: -0.5, unit: 'w/ms' })).toBe('−0.5 to 20,000 mV/ms');
    expect(rangeWords('rate', { ...range, max: 500, unit: 'ms' })).toBe('0 to 500 ms');
  });

  it.each(catalogue)('has lines for $name', (rule) => {
    expect(equationLines(rule).length).toBeGreaterThan(0);
  });
});
