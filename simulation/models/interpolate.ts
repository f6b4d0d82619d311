// Smooth functions in whole numbers: tables with straight lines between their entries; written once for all back ends.
import { constant, define, type Int, lookup } from '../kernel/expression.ts';
import { product24 } from '../kernel/fixed-point.ts';

/**
 * @param position entry number times 2^fractionBits, from 0 to the last entry but one
 * @param fractionBits at most 24; entries differ from their neighbours by at most 2²⁴
 */
function interpolated(table: string, position: Int, fractionBits: number): Int {
  const index = position.shiftRight(fractionBits);
  const fraction = position.and(2 ** fractionBits - 1).shiftLeft(24 - fractionBits);
  const entry = lookup(table, index);
  return entry.plus(product24(lookup(table, index.plus(1)).minus(entry), fraction));
}

/** In entries: so that the distance from there has a leading bit that does not change. */
const lineBefore = 16;

/** On the straight line of an entry of the table. */
const relaxationOf = define('relaxationOf', ['entry', 'z'], (entry, z) => {
  const fall = entry.shiftRight(16).and(0x7f);
  const distance = z.and(2 ** 19 - 1).plus(lineBefore * 2 ** 19);
  return entry.and(0xffff).plus(
    constant(2 ** 18)
      .minus(fall.times(distance))
      .shiftRight(19),
  );
});
/** (1 − e⁻ᶻ) / z in units of 2⁻¹⁵, z in units of 2⁻²⁷ from 0 to below `relaxationMax`; right to 3e-5. */
export const relaxation = (z: Int): Int => relaxationOf(lookup('relaxationTable', z.shiftRight(19)), z);
export const relaxationMax = 2 ** 29;
/**
 * By how much the next value is smaller, times 2¹⁶, and where the line through both is 16 entries before: looking is what takes time. The upper
 * bits are those of 2²³ in single precision, so that kernels in single precision need not convert what they look up.
 */
export const relaxationTable = Int32Array.from({ length: 1024 }, (_, entry) => {
  const value = relaxationAt(entry / 256);
  const fall = value - relaxationAt((entry + 1) / 256);
  return 0x4b000000 + fall * 0x10000 + value + lineBefore * fall;
});

function relaxationAt(z: number): number {
  return Math.min(0x7fff, Math.round(0x8000 * (z === 0 ? 1 : -Math.expm1(-z) / z)));
}

const perUnit = 64;
const lowest = -12;
const highest = 8;
/** eˣ in Q16, x in Q16; below −12 it is 0 and above 8 what it is there. Right to 3e-5 of its value or half a unit. */
export function exponential(x: Int): Int {
  const [low, high] = [lowest * 0x10000, highest * 0x10000 - 1];
  const bounded = x.isBelow(low).select(low, x.isAbove(high).select(high, x));
  return interpolated('exponentialTable', bounded.minus(low), 10);
}
export const exponentialTable = Int32Array.from({ length: (highest - lowest) * perUnit + 1 }, (_, entry) =>
  Math.round(0x10000 * Math.exp(lowest + entry / perUnit)),
);
