import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadExperiment } from './load-experiment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phase-drives-'));
  await cp(fileURLToPath(new URL('./fixtures/valid', import.meta.url)), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** @returns the problems of the experiment whose last phase has these drives, each with what stands at its place. */
async function problemsOf(...drives: string[]): Promise<string[]> {
  const file = join(folder, 'virtual.yaml');
  const before = await readFile(file, 'utf8');
  const phases = ['phases:', '  - name: driven', '    seconds: 5', '    stimulation: false', '    drives:'];
  const text = before.replace(
    /^phases:\n(?: .*\n)*/m,
    `${[...phases, ...drives.map((each) => `      - ${each}`)].join('\n')}\n`,
  );
  await writeFile(file, text);
  const loaded = await loadExperiment(file);
  const lines = text.split('\n');
  return loaded.diagnostics.map(({ line = 0, column = 0, what, cure }) => {
    return `${lines[line - 1]!.slice(column - 1).split(/[:,} ]/)[0]}: ${what}. ${cure}`;
  });
}

describe('what a phase injects', () => {
  test('is a strength in the unit of its population, for a time or for the whole phase', async () => {
    expect(await problemsOf('{ population: sensory, strengthMillivolts: 5, durationMilliseconds: 500 }')).toEqual([]);
    expect(await problemsOf('{ population: sensory, strengthMillivolts: -5 }')).toEqual([]);
  });

  test('is refused where it is wrong, with what to do', async () => {
    expect(await problemsOf('{ population: sensry, strengthMillivolts: 5 }')).toEqual([
      expect.stringMatching(/^sensry: .*sensory/),
    ]);
    expect(await problemsOf('{ population: sensory, rateHz: 5 }')).toEqual([
      '5: sensory is driven in mV, which rateHz does not say. Replace rateHz by strengthMillivolts',
    ]);
    expect(await problemsOf('{ population: sensory, strengthMillivolts: 5, rateHz: 5 }')).toEqual([
      '5: sensory is driven in mV, which rateHz does not say. Leave rateHz out',
    ]);
    expect(await problemsOf('{ population: sensory }')).toEqual([
      expect.stringContaining('strengthMillivolts is missing. Add strengthMillivolts'),
    ]);
    expect(await problemsOf('{ population: sensory, strengthMillivolts: 5000 }')).toEqual([
      expect.stringMatching(/A drive of 5000 mV is more than sensory can hold\. Choose a strength from −\d+ to \d+ mV/),
    ]);
    const twice = '{ population: sensory, strengthMillivolts: 5 }';
    expect(await problemsOf(twice, twice)).toEqual([
      'sensory: sensory is driven twice in this phase. Leave one of the two drives out',
    ]);
  });
});
