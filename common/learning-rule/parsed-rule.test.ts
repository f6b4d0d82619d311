import { describe, expect, it } from 'vitest';
import { applyRule } from './apply-rule.ts';
import { catalogue } from './catalogue/catalogue.ts';
import { pairStdp } from './catalogue/pair-stdp.ts';
import { localityOf } from './locality.ts';
import { parseRule } from './parsed-rule.ts';

const changed = (on: Record<string, Record<string, string>>) => ({ ...pairStdp, on });

describe('a declared rule', () => {
  it.each(catalogue)('$name is free of mistakes', (declaration) => {
    expect(parseRule(declaration).declaration).toBe(declaration);
  });

  it('is refused when it reads what nobody declares', () => {
    expect(() => parseRule(changed({ firing: { w: 'w + A_plus * w_max * z' } }))).toThrow(
      /'z' is read and nobody declares it/,
    );
  });

  it('is refused when its units do not fit', () => {
    expect(() => parseRule(changed({ firing: { w: 'w + A_plus * x' } }))).toThrow(/puts w and no unit together/);
    expect(() => parseRule(changed({ step: { w: 'w * dt' } }))).toThrow(/in ms·w, and w is in w: too much by ms/);
    expect(() => parseRule(changed({ step: { w: 'w * exp(tau_plus)' } }))).toThrow(/takes a pure number, not ms/);
  });

  it('is refused when a text is no equation', () => {
    expect(() => parseRule(changed({ step: { w: 'w +' } }))).toThrow(/is not an equation/);
    expect(() => parseRule(changed({ step: { w: 'w.constructor' } }))).toThrow(/a part that equations do not have/);
    expect(() => parseRule(changed({ step: { w: 'alert(1)' } }))).toThrow(/There is no function 'alert'/);
    expect(() => parseRule(changed({ step: { w: '-x^2 * w' } }))).toThrow(/power of a negative/);
  });

  it('has the class of the furthest thing that it reads', () => {
    expect(localityOf(pairStdp)).toBe('L1');
  });
});

describe('applying a rule', () => {
  it('computes what its equation says, within its bounds', () => {
    const rule = parseRule(pairStdp);
    const values = { w: Float64Array.of(0.5, 1.9995), x: Float64Array.of(1, 2) };
    const after = applyRule(rule, 'firing', { maximumWeight: 2, potentiationFraction: 0.001 }, values, 2);
    expect(after).toEqual({ w: Float64Array.of(0.502, 2) });
  });

  it.each([
    ['min(w, w_max * x)', [0.5, -3]],
    ['max(w, w_max * x)', [2, -1]],
    ['w_max * clip(x, -1, 1)', [1, -1]],
  ])('computes %s', (equation, wanted) => {
    const rule = parseRule({ ...pairStdp, bounds: {}, on: { firing: { w: equation } } });
    const values = { w: Float64Array.of(0.5, -1), x: Float64Array.of(2, -3) };
    expect(applyRule(rule, 'firing', { maximumWeight: 1 }, values, 2)?.['w']).toEqual(Float64Array.from(wanted));
  });

  it('cannot read what the rule does not declare', () => {
    expect(() => applyRule(parseRule(pairStdp), 'firing', {}, { w: 1 }, 1)).toThrow(/reads 'x', which is not given/);
  });
});
