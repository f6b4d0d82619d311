// Says what somebody meant by a key that the schema does not know; used by the main process.
import type { z } from 'zod';
import { type QuantityDeclaration, quantityOf } from '../../common/experiment/quantity.ts';
import { editDistance, nearest } from './nearest.ts';
import { unwrap, visitKeys } from './schema-kinds.ts';
import { convert, splitKey } from './unit-words.ts';
import { assignment, type Complaint, either, rangeOf } from './wording.ts';

interface Explanation {
  complaint: Complaint;
  /** The key that was meant, where that is clear: it is not missing as well. */
  meant?: string;
}

/**
 * @param value what stands behind the key.
 * @param known keys of this mapping that the file does not give yet.
 * @param all every key of this mapping.
 * @param wholeSchema of the file, to find where else the key may belong.
 */
export function explainUnknownKey(
  key: string,
  value: unknown,
  known: ReadonlyMap<string, z.ZodType>,
  all: readonly string[],
  wholeSchema: z.ZodType,
): Explanation {
  const what = `${key} is not known here`;
  const inOtherUnit = sameQuantity(key, value, known);
  if (inOtherUnit !== undefined) return { complaint: [what, inOtherUnit.cure], meant: inOtherUnit.meant };
  const meant = nearest(key, [...known.keys()]);
  if (meant !== undefined) return { complaint: [what, `Did you mean ${meant}?`], meant };
  const elsewhere: string[] = [];
  visitKeys(wholeSchema, (path, name) => {
    if (name === key && path !== name) elsewhere.push(path);
  });
  if (elsewhere.length > 0) return { complaint: [what, `It belongs elsewhere: ${either([...new Set(elsewhere)])}`] };
  return { complaint: [what, `Remove it; the keys here are ${all.join(', ')}`] };
}

/** Finds the key that names the same quantity: in another unit, with its unit shortened, or with the unit where the file has none. */
function sameQuantity(
  key: string,
  value: unknown,
  known: ReadonlyMap<string, z.ZodType>,
): { meant: string; cure: string } | undefined {
  const written = splitKey(key);
  for (const [meant, schema] of known) {
    const declaration = quantityOf(unwrap(schema).inner);
    const own = splitKey(meant);
    if (declaration === undefined || own.unit === undefined) continue;
    if (editDistance(written.base, own.base) > own.base.length / 4) continue;
    const unit = written.unit ?? own.unit;
    if (unit.quantity !== own.unit.quantity) continue;
    if (written.unit === own.unit) return { meant, cure: `Did you mean ${meant}?` };
    const converted = typeof value === 'number' && Number.isFinite(value) ? convert(value, unit, own.unit) : undefined;
    const example = converted === undefined ? meant : assignment(meant, converted);
    const cure = `This quantity is given in ${own.unit.word.toLowerCase()}: ${example}`;
    return { meant, cure: `${cure}${warnOfRange(converted, declaration)}` };
  }
  return undefined;
}

function warnOfRange(value: number | undefined, declaration: QuantityDeclaration): string {
  if (value === undefined || (value >= declaration.min && value <= declaration.max)) return '';
  return `, but choose from ${rangeOf(declaration)}`;
}
