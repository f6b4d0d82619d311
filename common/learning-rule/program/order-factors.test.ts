import { describe, expect, it } from 'vitest';
import { parseEquation } from '../parse-equation.ts';
import { writeEquation } from '../write-equation.ts';
import { fold } from './fold.ts';
import { orderFactors, type Sharing } from './order-factors.ts';

const sharings: Record<string, Sharing> = {
  m: 'event',
  r: 'receiver',
  q: 'receiver',
  s: 'sender',
  w: 'none',
  e: 'none',
};

const ordered = (text: string) =>
  writeEquation(orderFactors(fold(parseEquation(text), new Map([['c', 2]])), (symbol) => sharings[symbol]!));

describe('the factors of a product', () => {
  it.each([
    ['e * r * w * q', 'r * q * e * w'],
    ['c * e * m', 'm * 2 * e'],
    ['s * e * c * r', '2 * r * s * e'],
    ['e * (s * c)', '2 * s * e'],
    ['(r - s) * q', 'q * (r - s)'],
    ['r / q * e', 'r / q * e'],
    ['e * w', 'e * w'],
  ])('that many synapses share come first, a number among them: %s is %s', (given, expected) => {
    expect(ordered(given)).toBe(expected);
  });

  it.each([
    ['c * clip(s * e, -1, 1) * w', 'clip(2 * s * e, -2, 2) * w'],
    ['c * positive(3 * r * e) * w', 'positive(6 * r * e) * w'],
    // Nothing would be gained, or the limits would change places.
    ['c * clip(e * w, 0, 1)', '2 * clip(e * w, 0, 1)'],
    ['-3 * clip(s * e, 0, 1)', '-3 * clip(s * e, 0, 1)'],
    ['c * clip(s * e, 0, w)', '2 * clip(s * e, 0, w)'],
  ])('take a number into the limit of a product that has it for nothing: %s is %s', (given, expected) => {
    expect(ordered(given)).toBe(expected);
  });

  it('of parts are ordered too', () => {
    expect(ordered('w + exp(e * r) - abs(w * s)')).toBe('w + exp(r * e) - abs(s * w)');
  });
});
