// Fixed-point arithmetic for models: values are whole multiples of 2⁻¹⁶ ("Q16"), and every product is rounded the same way everywhere.
import { define, type Int } from './expression.ts';

/** Values of a model's state stay within ±2²⁹, so that sums of a few of them and every product below are exact. */
export const stateMax = 2 ** 29;

/** What all synapses of a neuron can add up to in one step: with a state it is still exact. */
export const inputMax = 2 ** 30;

/**
 * value × mantissa / 2^(14 + shift), rounded to the nearest, halves up: a share from 2⁻³¹ to 1 with 15 significant bits. The product is made
 * in halves of 14 bits: no language here has integers of 64 bits in all its forms.
 * |value| ≤ 2²⁹, mantissa from 0 to 2¹⁵ − 1, shift from 1 to 31.
 */
export const share = define('share', ['value', 'mantissa', 'shift'], (value, mantissa, shift) => {
  const product = value.shiftRight(14).times(mantissa).plus(value.and(0x3fff).times(mantissa).shiftRight(14));
  return product.shiftRight(shift.minus(1)).plus(1).shiftRight(1);
});

/** ⌊a × b / 2¹⁶⌋ modulo 2³² of any two numbers in Q16. */
export const product = define('product', ['a', 'b'], (a, b) => {
  const [aHigh, aLow, bHigh, bLow] = [a.shiftRight(16), a.and(0xffff), b.shiftRight(16), b.and(0xffff)];
  return aHigh
    .times(bHigh)
    .shiftLeft(16)
    .plus(aHigh.times(bLow))
    .plus(aLow.times(bHigh))
    .plus(aLow.times(bLow).shiftRightLogical(16));
});

/** a × b / 2²⁴ for |a| ≤ 2²⁹ and |b| ≤ 2²⁴, rounded to the nearest, halves up: made of halves of 12 bits. */
export const product24 = define('product24', ['a', 'b'], (a, b) => {
  const [aHigh, aLow, bHigh, bLow] = [a.shiftRight(12), a.and(0xfff), b.shiftRight(12), b.and(0xfff)];
  const middle = aHigh.times(bLow).plus(aLow.times(bHigh)).plus(aLow.times(bLow).shiftRight(12));
  return aHigh.times(bHigh).plus(middle.plus(0x800).shiftRight(12));
});

/** a × b / 2²⁷ for |a| ≤ 2²⁹ and |b| ≤ 2²⁴, rounded to the nearest, halves up. */
export const product27 = define('product27', ['a', 'b'], (a, b) => {
  const [aHigh, aLow, bHigh, bLow] = [a.shiftRight(15), a.and(0x7fff), b.shiftRight(12), b.and(0xfff)];
  const middle = aHigh.times(bLow).shiftLeft(3).plus(aLow.times(bHigh)).plus(aLow.times(bLow).shiftRight(12));
  return aHigh.times(bHigh).plus(middle.plus(0x4000).shiftRight(15));
});

/** Mixes the bits of a number, one to one ("lowbias32", Wellons 2018). */
export const mixed = define('mixed', ['value'], (value) => {
  const xorShift = (of: Int, bits: number) => of.xor(of.shiftRightLogical(bits));
  return xorShift(xorShift(xorShift(value, 16).times(0x21f0aaad), 15).times(0x735a2d97), 15);
});

/** The number between −bound and bound that is nearest to `value`; 0 ≤ bound. */
export const clamped = define('clamped', ['value', 'bound'], (value, bound) => {
  const least = bound.times(-1);
  return value.isBelow(least).select(least, value.isAbove(bound).select(bound, value));
});

/** The number from 0 to `most` that is nearest to `value`. */
export const fromZeroTo = define('fromZeroTo', ['value', 'most'], (value, most) =>
  value.isBelow(0).select(0, value.isAbove(most).select(most, value)),
);
