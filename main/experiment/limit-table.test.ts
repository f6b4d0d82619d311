// docs/limits.md must hold the limits and the keys that the program has; `vitest run -u` writes its tables anew.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { activityLimits } from '../../common/limits/activity-limits.ts';
import { electrodeLimits } from '../../common/limits/electrode-limits.ts';
import type { LimitDeclaration } from '../../common/limits/limit-declaration.ts';
import {
  injectionDeratingPermille,
  injectionLimitFemtocoulombsPerSquareMicrometre,
  materialNames,
} from '../../common/limits/materials.ts';
import { siteFileSchema } from '../../common/limits/site-file.ts';
import { timingLimits } from '../../common/limits/timing-limits.ts';
import { totalLimits } from '../../common/limits/total-limits.ts';
import { keyTable } from './key-table.ts';
import { limitTable } from './limit-table.ts';
import { markdownTable, replaceTables } from './markdown-table.ts';
import { unwrap, visitKeys } from './schema-kinds.ts';

const guide = new URL('../../docs/limits.md', import.meta.url);
const limits = new Map<string, Readonly<Record<string, LimitDeclaration>>>([
  ['each-electrode', electrodeLimits],
  ['all-electrodes', totalLimits],
  ['time', timingLimits],
  ['activity', activityLimits],
]);

/** fC/µm² are tenths of µC/cm². */
function materialTable(): string {
  const rows = materialNames.map((material) => {
    const inVitro = injectionLimitFemtocoulombsPerSquareMicrometre[material] / 10;
    return [`\`${material}\``, String(inVitro), String((inVitro * injectionDeratingPermille) / 1000)];
  });
  return markdownTable(['Material', 'In vitro, µC/cm²', 'In force unless measured, µC/cm²'], rows);
}

test('the page on limits holds every limit with its defaults and ceilings, the materials, and the keys of a site file', async () => {
  const text = await readFile(guide, 'utf8');
  for (const name of limits.keys()) expect(text).toContain(`<!-- limits of ${name} -->`);
  const withLimits = replaceTables(text, 'limits', (name) => {
    const table = limits.get(name);
    return table && limitTable(table);
  });
  const withMaterials = replaceTables(withLimits, 'charge', () => materialTable());
  const written = replaceTables(withMaterials, 'keys', (name) =>
    name === 'site-limits' ? keyTable(siteFileSchema) : undefined,
  );
  expect(written).toMatch(/`titanium-nitride` +\| 1000 +\| 300 /);
  expect(written).toContain('`signatures[].publicKey`');
  await expect(written).toMatchFileSnapshot(fileURLToPath(guide));
});

test('every key of a site file has a label', () => {
  visitKeys(siteFileSchema, (path, _key, member) => {
    expect(unwrap(member).inner.meta()?.['label'], path).toMatch(/./);
  });
});

test('a limit stands with its default, and with its ceiling where that is another', () => {
  const { amplitudeMaxNanoamps, interphaseMaxMicroseconds } = electrodeLimits;
  expect(
    limitTable({ amplitudeMaxNanoamps, interphaseMaxMicroseconds })
      .split('\n')
      .map((line) => line.replace(/ +/g, ' ')),
  ).toEqual([
    '| Key | Meaning | Unit | `bench` | `in-vitro-mea` | `penetrating-micro` | `animal-macro` |',
    expect.stringMatching(/^\|[ -]/),
    '| `amplitudeMaxMicroamps` | Largest amplitude | µA | 100 | 3 (100) | 50 (100) | 2000 (3500) |',
    expect.stringMatching(
      /^\| `interphaseMaxMicroseconds` \| Longest interphase gap\. The second.* \| µs \| 100 \| 100 \| 100 \| 100 \|$/,
    ),
  ]);
});

test('text outside of the tables and tables that nobody knows stay as they are', () => {
  const text = 'a\n<!-- limits of nothing -->\nx\n<!-- end -->\nb';
  expect(replaceTables(text, 'limits', () => undefined)).toBe(text);
  expect(replaceTables(text, 'keys', () => 'y')).toBe(text);
});
