// Looks into the schemas of input files: wrappers, keys and choices; used by the main process.
import { z } from 'zod';

/** A schema without its `optional` and `default`. */
export interface Unwrapped {
  inner: z.ZodType;
  isRequired: boolean;
  /** What an absent value means; undefined when it means nothing. */
  fallback: unknown;
}

export function unwrap(schema: z.ZodType): Unwrapped {
  if (schema instanceof z.ZodOptional) return { ...unwrap(asType(schema.unwrap())), isRequired: false };
  if (schema instanceof z.ZodDefault) {
    return { ...unwrap(asType(schema.unwrap())), isRequired: false, fallback: schema.def.defaultValue };
  }
  return { inner: schema, isRequired: true, fallback: undefined };
}

/** Every schema of this program is made by zod's classic interface, whose members are all `ZodType`. */
export function asType(schema: z.core.$ZodType): z.ZodType {
  return schema as z.ZodType;
}

/** Keys of a mapping, in the order of their declaration. */
export function keysOf(schema: z.ZodObject): Map<string, z.ZodType> {
  return new Map(Object.entries(schema.shape).map(([key, member]) => [key, asType(member)]));
}

/** The mappings that a union chooses between, by the value of its discriminating key. */
export function optionsOf(schema: z.ZodDiscriminatedUnion): { key: string; options: Map<string, z.ZodObject> } {
  const key = schema.def.discriminator;
  const options = new Map<string, z.ZodObject>();
  for (const option of schema.options) {
    const choice = option instanceof z.ZodObject ? choicesOf(asType(option.shape[key]))?.[0] : undefined;
    if (option instanceof z.ZodObject && choice !== undefined) options.set(choice, option);
  }
  return { key, options };
}

/** The texts that a literal or an enumeration allows; undefined for any other schema. */
export function choicesOf(schema: z.ZodType): string[] | undefined {
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String);
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  return undefined;
}

/** Visits every key of a schema at every depth. `path` reads like `stimuli[].electrode`. */
export function visitKeys(
  schema: z.ZodType,
  visit: (path: string, key: string, member: z.ZodType) => void,
  above = '',
): void {
  const { inner } = unwrap(schema);
  if (inner instanceof z.ZodArray) return visitKeys(asType(inner.element), visit, `${above}[]`);
  if (inner instanceof z.ZodDiscriminatedUnion) {
    for (const option of optionsOf(inner).options.values()) visitKeys(option, visit, above);
  }
  if (!(inner instanceof z.ZodObject)) return;
  for (const [key, member] of keysOf(inner)) {
    const path = above === '' ? key : `${above}.${key}`;
    visit(path, key, member);
    visitKeys(member, visit, path);
  }
}
