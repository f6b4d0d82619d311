// Writes the table of all keys of an input file from its schema, for the guide to experiments; used by the main process and its tests.
import { z } from 'zod';
import { quantityOf } from '../../common/experiment/quantity.ts';
import { markdownTable, replaceTables } from './markdown-table.ts';
import { choicesOf, unwrap, visitKeys } from './schema-kinds.ts';
import { either } from './wording.ts';

const header = ['Key', 'Meaning', 'Unit', 'Values', 'If left out'];

/** @returns a Markdown table, its columns padded to their widest cell. */
export function keyTable(schema: z.ZodType): string {
  const rows: string[][] = [];
  visitKeys(schema, (path, _key, member) =>
    rows.push([`\`${path}\``, meaningOf(member), ...valuesOf(member), fallbackOf(member)]),
  );
  return markdownTable(header, rows);
}

function meaningOf(schema: z.ZodType): string {
  const meta = unwrap(schema).inner.meta();
  const label = String(meta?.['label'] ?? '');
  return meta?.['note'] === undefined ? label : `${label}. ${String(meta['note'])}`;
}

function valuesOf(schema: z.ZodType): [unit: string, values: string] {
  const { inner } = unwrap(schema);
  const quantity = quantityOf(inner);
  if (quantity !== undefined) {
    const { unit, min, max, isInteger } = quantity;
    return [unit, `${min} to ${max}${isInteger === true ? ', whole' : ''}`];
  }
  const choices = choicesOf(inner);
  if (choices !== undefined) return ['', either(choices.map((choice) => `\`${choice}\``))];
  if (inner instanceof z.ZodBoolean) return ['', '`true` or `false`'];
  if (inner instanceof z.ZodArray) return ['', inner.safeParse([]).success ? 'a list' : 'a list, not empty'];
  if (inner instanceof z.ZodRecord) return ['', 'keys and numbers'];
  if (inner instanceof z.ZodNumber) return ['', 'a number'];
  return ['', inner instanceof z.ZodObject || inner instanceof z.ZodDiscriminatedUnion ? 'the keys below' : 'text'];
}

function fallbackOf(schema: z.ZodType): string {
  const { isRequired, fallback } = unwrap(schema);
  if (isRequired) return 'refused';
  const text = typeof fallback === 'object' ? JSON.stringify(fallback) : String(fallback);
  return fallback === undefined ? 'nothing' : `\`${text}\``;
}

/** @returns the text with the table of each schema between `<!-- keys of NAME -->` and `<!-- end -->` written anew. */
export function replaceKeyTables(text: string, schemas: Readonly<Record<string, z.ZodType>>): string {
  return replaceTables(text, 'keys', (name) => schemas[name] && keyTable(schemas[name]));
}
