// Declares a numeric parameter once: name, unit, range, step and default serve check, form and file alike.
import { z } from 'zod';

/** What a form and a message need to know of a numeric parameter. */
export interface QuantityDeclaration {
  /** Words for the form, in the laboratory's language. */
  label: string;
  /** One sentence on what it does, for the table of keys and the form's tip; without a full stop. */
  note?: string;
  /** Unit as shown to people: 'µA', 'ms', 'Hz', or '' for a pure number. */
  unit: string;
  min: number;
  max: number;
  /** Smallest sensible change in a form. */
  step: number;
  /** Whether the number must be whole. */
  isInteger?: boolean;
  /** Whether it may change while the rig is armed. Default: it may not. */
  isFreeWhileArmed?: boolean;
}

/** A number inside its range (both ends included); NaN and infinities are refused. */
export function quantity(declaration: QuantityDeclaration): z.ZodNumber {
  const base = declaration.isInteger === true ? z.int() : z.number();
  return base
    .min(declaration.min)
    .max(declaration.max)
    .meta({ ...declaration });
}

/** @returns the declaration of a schema made by `quantity`, undefined for any other schema. */
export function quantityOf(schema: z.ZodType): QuantityDeclaration | undefined {
  if (!(schema instanceof z.ZodNumber)) return undefined;
  const meta = schema.meta();
  // `quantity` alone writes `unit` into the metadata of a number, together with all the rest.
  return meta !== undefined && 'unit' in meta ? (meta as unknown as QuantityDeclaration) : undefined;
}
