// Whatever is done to the files of an experiment: an error at the place, never an exception.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { z } from 'zod';
import { quantityOf } from '../../common/experiment/quantity.ts';
import { type InputKind, inputKinds } from './input-file.ts';
import { loadExperiment } from './load-experiment.ts';
import { unwrap, visitKeys } from './schema-kinds.ts';
import { examine } from './validate.ts';

const fixtures = fileURLToPath(new URL('./fixtures/valid', import.meta.url));
const files: Record<string, InputKind> = {
  'virtual.yaml': 'experiment',
  'network.yaml': 'network-model',
  'limits.yaml': 'limit-profile',
  'recording.json': 'exocortex-recording',
};

interface Leaf {
  file: string;
  key: string;
  /** Schema path: `stimuli[].electrode`. */
  path: string;
  /** Lines counted from 1: of the leaf, and of the mapping that holds it (its key, or the first key of a list's entry). */
  line: number;
  parentLine: number;
  keyRange: [from: number, until: number];
  valueRange: [from: number, until: number];
}

let folder: string;
const texts = new Map<string, string>();
const leaves: Leaf[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutations-'));
  await cp(fixtures, folder, { recursive: true });
  for (const file of Object.keys(files)) {
    const text = await readFile(join(fixtures, file), 'utf8');
    texts.set(file, text);
    leaves.push(...leavesOf(file, text));
  }
  expect(leaves.length).toBeGreaterThan(100);
});
afterAll(() => rm(folder, { recursive: true }));

/** Every key of the file whose value is no mapping and no list. */
function leavesOf(file: string, text: string): Leaf[] {
  const found: Leaf[] = [];
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const visit = (node: unknown, path: string, parentLine: number) => {
    if (isSeq(node))
      for (const item of node.items) visit(item, `${path}[]`, lineOf((item as { range: [number] }).range[0]));
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const [keyFrom = 0, keyUntil = 0] = key.range ?? [];
      const name = String(key.value);
      const own = path === '' ? name : `${path}.${name}`;
      if (!isScalar(value)) visit(value, own, lineOf(keyFrom));
      else {
        const [valueFrom = 0, valueUntil = 0] = value.range ?? [];
        found.push({
          file,
          key: name,
          path: own,
          line: lineOf(keyFrom),
          parentLine,
          keyRange: [keyFrom, keyUntil],
          valueRange: [valueFrom, valueUntil],
        });
      }
    }
  };
  const document = parseDocument(text);
  visit(document.contents, '', lineOf(document.contents?.range[0] ?? 0));
  return found;
}

/** Loads the experiment with one file changed. @returns the lines of that file in which errors are reported. */
async function errorLines(file: string, text: string): Promise<number[]> {
  await writeFile(join(folder, file), text);
  try {
    const { diagnostics } = await loadExperiment(
      join(folder, file === 'recording.json' ? 'replay.yaml' : 'virtual.yaml'),
    );
    return diagnostics.filter((d) => d.severity === 'error' && d.file === join(folder, file)).map(({ line }) => line);
  } finally {
    await writeFile(join(folder, file), texts.get(file) ?? '');
  }
}

function replaced({ file }: Leaf, [from, until]: [number, number], by: string): string {
  const text = texts.get(file) ?? '';
  return text.slice(0, from) + by + text.slice(until);
}

const aLeaf = fc.nat().map((index) => leaves[index % leaves.length]!);
const isJson = ({ file }: Leaf) => file.endsWith('.json');

/** Of the kinds of a source that have the key, the files hold the first. */
function memberAt({ file, path }: Leaf) {
  const { schema } = inputKinds[files[file]!];
  const found: z.ZodType[] = [];
  visitKeys(schema, (visited, _key, member) => {
    if (visited === path) found.push(member);
  });
  return unwrap(found[0] ?? schema);
}

describe('an error is reported in the changed line or at what holds it when', () => {
  test('a key is renamed', async () => {
    await fc.assert(
      fc.asyncProperty(aLeaf, fc.stringMatching(/^[a-z]{1,2}$/), async (leaf, suffix) => {
        const renamed = `${leaf.key}${suffix}`;
        const lines = await errorLines(
          leaf.file,
          replaced(leaf, leaf.keyRange, isJson(leaf) ? `"${renamed}"` : renamed),
        );
        expect(lines).toContain(leaf.line);
      }),
      { numRuns: 60 },
    );
  });

  test('a key that has no default is removed', async () => {
    await fc.assert(
      fc.asyncProperty(aLeaf, async (leaf) => {
        fc.pre(!isJson(leaf) && memberAt(leaf).isRequired);
        // Written as a comment; the dash of a list's entry stays.
        const lines = await errorLines(leaf.file, replaced(leaf, [leaf.keyRange[0], leaf.keyRange[0]], '# '));
        expect(lines.some((line) => line === leaf.parentLine || line === leaf.line || line === leaf.line + 1)).toBe(
          true,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('a number becomes not-a-number, infinite, a text, a list or leaves its range', async () => {
    await fc.assert(
      fc.asyncProperty(aLeaf, fc.nat(), async (leaf, choice) => {
        const declaration = quantityOf(memberAt(leaf).inner);
        fc.pre(declaration !== undefined);
        const above = declaration!.max * 1.01 + 1;
        const below = declaration!.min - Math.abs(declaration!.min) * 0.01 - 1;
        const wrong = [
          String(above),
          String(below),
          'null',
          '"2 mA"',
          '"abc"',
          '[1]',
          '{"a": 1}',
          'true',
          ...(isJson(leaf) ? [] : ['.nan', '.inf', '-.inf', '~', '2 mA', 'a b']),
        ];
        const lines = await errorLines(leaf.file, replaced(leaf, leaf.valueRange, wrong[choice % wrong.length]!));
        expect(lines).toContain(leaf.line);
      }),
      { numRuns: 120 },
    );
  });

  test('a text becomes a number, a list or a mapping', async () => {
    await fc.assert(
      fc.asyncProperty(aLeaf, fc.constantFrom('17', '[a]', '{"a": 1}', 'null', '""'), async (leaf, wrong) => {
        fc.pre(quantityOf(memberAt(leaf).inner) === undefined);
        expect(await errorLines(leaf.file, replaced(leaf, leaf.valueRange, wrong))).toContain(leaf.line);
      }),
      { numRuns: 60 },
    );
  });
});

/** Ends of keys that a person may take for each other. */
const unitEnds = [
  ['Amps', 'Milliamps', 'Microamps', 'Nanoamps'],
  ['Minutes', 'Seconds', 'Milliseconds', 'Microseconds', 'Nanoseconds'],
  ['Volts', 'Millivolts', 'Microvolts'],
  ['Microcoulombs', 'Nanocoulombs', 'Picocoulombs'],
  ['Kilohertz', 'KHz', 'Hz'],
  ['SquareMillimetres', 'SquareMicrometres'],
];

test('H56: a key with another unit is refused in its line, whichever quantity and whichever unit', async () => {
  let tried = 0;
  for (const leaf of leaves) {
    const own = unitEnds.flatMap((units) => {
      // The longest end is the key's own: Milliseconds before Seconds.
      const ends = units.filter((unit) => leaf.key.toLowerCase().endsWith(unit.toLowerCase()));
      const end = ends.sort((a, b) => b.length - a.length)[0];
      return end === undefined
        ? []
        : [{ base: leaf.key.slice(0, -end.length), others: units.filter((unit) => unit !== end) }];
    })[0];
    for (const other of own?.others ?? []) {
      const renamed = own!.base === '' ? other.charAt(0).toLowerCase() + other.slice(1) : `${own!.base}${other}`;
      const lines = await errorLines(leaf.file, replaced(leaf, leaf.keyRange, isJson(leaf) ? `"${renamed}"` : renamed));
      expect(lines, `${leaf.file}: ${leaf.key} as ${renamed}`).toContain(leaf.line);
      tried++;
    }
  }
  expect(tried).toBeGreaterThan(100);
});

test('H56: a stimulus a thousand times as strong or as long as it was meant is refused', async () => {
  const stimuli = leaves.filter(({ path }) => /^stimuli\[\]\.(amplitude|phase)/.test(path));
  expect(stimuli.length).toBe(4);
  for (const leaf of stimuli) {
    const value = Number((texts.get(leaf.file) ?? '').slice(...leaf.valueRange));
    const lines = await errorLines(leaf.file, replaced(leaf, leaf.valueRange, String(value * 1000)));
    expect(lines, leaf.path).toContain(leaf.line);
  }
});

test('any character put anywhere is answered, never thrown at, and places lie inside of the file', async () => {
  const disturbing = fc.oneof(
    fc.constantFrom(
      '\t',
      ':',
      '- ',
      '"',
      "'",
      '{',
      '[',
      '&a ',
      '*a',
      '!',
      '#',
      '\n',
      '%',
      '|',
      '>',
      '\u0000',
      '---\n',
      '<<: ',
    ),
    fc.string({ maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(files)), fc.nat(), disturbing, async (file, at, inserted) => {
      const text = texts.get(file) ?? '';
      const cut = at % (text.length + 1);
      const disturbed = text.slice(0, cut) + inserted + text.slice(cut);
      for (const line of await errorLines(file, disturbed)) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(disturbed.split('\n').length);
      }
    }),
    { numRuns: 150 },
  );
});

test('arbitrary text is answered, never thrown at', async () => {
  const word = fc.constantFrom(
    'exocortex',
    ': ',
    '\n',
    '  ',
    '- ',
    'experiment/1',
    'network-model/1',
    'stimuli',
    'source',
    '{',
    '}',
    '[',
    ']',
    ',',
    '3',
    '.nan',
    '"',
    '#',
    'kind',
    'virtual',
    '&a',
    '*a',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
    fc.string({ unit: 'binary', maxLength: 100 }),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom('f.yaml', 'f.json'), async (content, name) => {
      await writeFile(join(folder, name), content);
      const { valid, diagnostics } = await examine(join(folder, name));
      expect(valid).toBe(false);
      expect(diagnostics.length).toBeGreaterThan(0);
      expect((await loadExperiment(join(folder, name))).ok).toBe(false);
    }),
    { numRuns: 200 },
  );
});
