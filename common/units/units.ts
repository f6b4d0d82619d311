// Branded quantities, so that a bare number is not an amplitude; used in every process.
import { assert } from '../base/assert.ts';

declare const unit: unique symbol;
type Quantity<Name extends string> = number & { readonly [unit]: Name };

/** Current in integer nanoamperes: the interlock calculates in integers only (nA × µs = fC). */
export type Nanoamps = Quantity<'nA'>;
/** Duration in integer microseconds. */
export type Microseconds = Quantity<'µs'>;
/** Charge in integer femtocoulombs. */
export type Femtocoulombs = Quantity<'fC'>;
/** Index of a sample since the stream's start; never reset inside a session. */
export type SampleIndex = Quantity<'sample'>;
/** Index of a tick of the closed loop since the stream's start. */
export type TickIndex = Quantity<'tick'>;

/** @throws Defect unless `value` is a safe integer. */
function integer<Name extends string>(value: number, name: Name): Quantity<Name> {
  assert(Number.isSafeInteger(value), `${value} ${name} is not an integer`);
  return value as Quantity<Name>;
}

export const nanoamps = (value: number): Nanoamps => integer(value, 'nA');
export const microseconds = (value: number): Microseconds => integer(value, 'µs');
export const femtocoulombs = (value: number): Femtocoulombs => integer(value, 'fC');
export const sampleIndex = (value: number): SampleIndex => integer(value, 'sample');
export const tickIndex = (value: number): TickIndex => integer(value, 'tick');

/** Charge of one rectangular phase: nA × µs = fC. */
export function phaseCharge(amplitude: Nanoamps, phase: Microseconds): Femtocoulombs {
  return femtocoulombs(Math.abs(amplitude) * phase);
}
