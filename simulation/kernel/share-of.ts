// Turns a share from 0 to 1 into the two whole numbers that kernels multiply by; simulation process.

/** See `share` of fixed-point.ts. */
export interface Share {
  readonly mantissa: number;
  readonly shift: number;
}

const mantissaBits = 15;
const largest = 2 ** mantissaBits - 1;

/** @param value from 0 to 1. @returns the nearest share, right to 15 significant bits above 2⁻³¹. */
export function shareOf(value: number): Share {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${value} is no share`);
  let shift = 1;
  while (shift < 31 && value * 2 ** (mantissaBits - 1 + shift) < 2 ** (mantissaBits - 1)) shift++;
  return { mantissa: Math.min(largest, Math.round(value * 2 ** (mantissaBits - 1 + shift))), shift };
}

/** @returns a number in Q16. */
export function toQ16(value: number): number {
  return Math.round(value * 0x10000);
}
