// Turns values and schemas into the words of a message; used by the main process.
import { isMap, isSeq } from 'yaml';
import { z } from 'zod';
import { type QuantityDeclaration, quantityOf } from '../../common/experiment/quantity.ts';
import { choicesOf, unwrap } from './schema-kinds.ts';

/** What is wrong, and how to mend it. */
export type Complaint = readonly [what: string, cure: string];

const longestQuote = 40;

/** @param value content of a scalar, or the node of a mapping or list. */
export function describeValue(value: unknown): string {
  if (isMap(value)) return 'a group of keys';
  if (isSeq(value)) return 'a list';
  if (value === null || value === undefined) return 'empty';
  if (typeof value !== 'string') return String(value);
  return `"${value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value}"`;
}

/** @returns `2 µA`, or `2` for a pure number. */
export function withUnit(value: number | string, unit: string): string {
  return unit === '' ? String(value) : `${value} ${unit}`;
}

/** @returns `0.001 to 100 µA`. */
export function rangeOf({ min, max, unit }: QuantityDeclaration): string {
  return withUnit(`${min} to ${max}`, unit);
}

/** @returns how to write a value: `key: value`, or the bare value as an entry of a list. */
export function assignment(key: string, value: string | number): string {
  return key === '' ? String(value) : `${key}: ${value}`;
}

/** @returns `a, b or c`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** @returns how to write a key that is missing, with what it may hold. */
export function exampleOf(key: string, schema: z.ZodType): string {
  const { inner } = unwrap(schema);
  const declaration = quantityOf(inner);
  if (declaration !== undefined) return `"${key}:" with a number from ${rangeOf(declaration)}`;
  const choices = choicesOf(inner);
  if (choices !== undefined) return either(choices.map((choice) => `"${key}: ${choice}"`));
  if (inner instanceof z.ZodBoolean) return `"${key}: true" or "${key}: false"`;
  if (inner instanceof z.ZodArray) {
    return inner.safeParse([]).success ? `"${key}: []", or a list with entries` : `"${key}:" with a list of entries`;
  }
  if (inner instanceof z.ZodString) return `"${key}:" with a text`;
  return `"${key}:" with its keys below it`;
}
