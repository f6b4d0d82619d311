// Declares one limit once: its name in code and in files, unit, default and ceiling of each profile; used in every process.
import type { z } from 'zod';
import { quantity } from '../experiment/quantity.ts';
import type { ProfileName } from './profile-name.ts';

export interface LimitDeclaration {
  /** Name in limit files, with the laboratory's unit in it. */
  fileKey: string;
  label: string;
  note?: string;
  /** Of the number in the file. */
  unit: string;
  /** 'max': the smaller number is the tighter limit. 'min': the larger one. */
  sense: 'max' | 'min';
  /** Whole units of the code's name in one unit of the file: 1000 nA in 1 µA. */
  perUnit: number;
  /** What holds when no file says anything, in the unit of the file. */
  defaults: Record<ProfileName, number>;
  /** What no file and no signature goes beyond, in the unit of the file. Left out: the default. */
  ceilings?: Partial<Record<ProfileName, number>>;
  /** Smallest sensible change in a form. */
  step: number;
  isInteger?: boolean;
}

/** The numbers of a table of declarations, in whole units of the code's names. */
export type LimitValues<T> = { readonly [K in keyof T]: number };

/** One number for each profile. */
export const byProfile = (bench: number, mea: number, micro: number, macro: number): Record<ProfileName, number> => ({
  bench,
  'in-vitro-mea': mea,
  'penetrating-micro': micro,
  'animal-macro': macro,
});

export function ceilingOf(declaration: LimitDeclaration, profile: ProfileName): number {
  return declaration.ceilings?.[profile] ?? declaration.defaults[profile];
}

/**
 * A number of a file in whole units, rounded to the tight side: rounding never loosens a limit. The millionth takes up what binary
 * fractions lose: 2.01 nC are 2,010,000 fC.
 */
export function toWholeUnits({ sense, perUnit }: LimitDeclaration, value: number): number {
  // Nothing rounds to -0, which is none of the interlock's whole numbers.
  return sense === 'max' ? Math.floor(value * perUnit + 1e-6) : Math.ceil(value * perUnit - 1e-6) + 0;
}

/** Number in the unit of the file and of people. */
export function toFileUnits({ perUnit }: LimitDeclaration, whole: number): number {
  return whole / perUnit;
}

/** The tighter of two. NaN is tighter than everything: nothing passes it. */
export function tighter({ sense }: LimitDeclaration, a: number, b: number): number {
  return sense === 'max' ? Math.min(a, b) : Math.max(a, b);
}

/** Whether `a` lets nothing through that `b` refuses. NaN lets nothing through at all. */
export function isAtLeastAsTight({ sense }: LimitDeclaration, a: number, b: number): boolean {
  return Number.isNaN(a) || (sense === 'max' ? a <= b : a >= b);
}

/** The number as a key of a limit file: between nothing and the largest ceiling of any profile. */
export function limitQuantity(declaration: LimitDeclaration): z.ZodNumber {
  const { label, note, unit, step, isInteger, defaults } = declaration;
  const bounds = (Object.keys(defaults) as ProfileName[]).map((profile) => ceilingOf(declaration, profile));
  const range =
    declaration.sense === 'max'
      ? { min: 0, max: Math.max(...bounds) }
      : { min: Math.min(...bounds), max: Math.max(...bounds) * 1000 };
  return quantity({
    label,
    ...(note === undefined ? {} : { note }),
    unit,
    ...range,
    step,
    ...(isInteger === undefined ? {} : { isInteger }),
  });
}
