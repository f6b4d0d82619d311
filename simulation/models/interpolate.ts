// Smooth functions in whole numbers: tables with straight lines between their entries; written once for all back ends.
import { constant, type Int, lookup } from '../kernel/expression.ts';
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

/** (1 − e⁻ᶻ) / z in units of 2⁻¹⁵, z in units of 2⁻²⁷ from 0 to below `relaxationMax`; right to 3e-5. */
export function relaxation(z: Int): Int {
  const entry = lookup('relaxationTable', z.shiftRight(19));
  const fall = entry.and(0xffff).times(z.and(2 ** 19 - 1));
  return entry.shiftRightLogical(16).plus(
    constant(2 ** 18)
      .minus(fall)
      .shiftRight(19),
  );
}
export const relaxationMax = 2 ** 29;
/** A value, times 2¹⁶, and by how much the next one is smaller: looking is what takes time. */
export const relaxationTable = Int32Array.from({ length: 1024 }, (_, entry) => {
  const value = relaxationAt(entry / 256);
  return value * 0x10000 + value - relaxationAt((entry + 1) / 256);
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
