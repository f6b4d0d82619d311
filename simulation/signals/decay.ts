// Decays of a tick, rounded so that they are the same on every machine; simulation process.

/** @returns exp(−tick / τ) in units of 2⁻³⁰: the last digits of an exponential differ between machines. */
export function decayOf(tickMilliseconds: number, timeConstantMilliseconds: number): number {
  return Math.round(Math.exp(-tickMilliseconds / timeConstantMilliseconds) * 2 ** 30) / 2 ** 30;
}
