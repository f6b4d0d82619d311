// The guide to experiments must list the keys that the schemas have; `vitest run -u` writes its tables anew.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { inputKinds } from './input-file.ts';
import { replaceKeyTables } from './key-table.ts';
import { unwrap, visitKeys } from './schema-kinds.ts';

const guide = new URL('../../experiments/README.md', import.meta.url);
const schemas = Object.fromEntries(Object.entries(inputKinds).map(([kind, { schema }]) => [kind, schema as z.ZodType]));

test('the guide to experiments holds the tables of all keys as the schemas have them', async () => {
  const text = await readFile(guide, 'utf8');
  for (const kind of Object.keys(inputKinds)) expect(text).toContain(`<!-- keys of ${kind} -->`);
  await expect(replaceKeyTables(text, schemas)).toMatchFileSnapshot(fileURLToPath(guide));
});

test('every key of every file has a label', () => {
  for (const [kind, schema] of Object.entries(schemas)) {
    visitKeys(schema, (path, _key, member) => {
      expect(unwrap(member).inner.meta()?.['label'], `${kind}: ${path}`).toMatch(/./);
    });
  }
});

test('text outside of the tables and unknown tables stay as they are', () => {
  const text = 'before\n<!-- keys of nothing -->\nx\n<!-- end -->\nafter';
  expect(replaceKeyTables(text, schemas)).toBe(text);
});
