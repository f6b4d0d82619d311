// The net over the syntax: what hides an import, names a device, forges a permit, reads a clock or narrows the tests.
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, expect, test } from 'vitest';
import { checkout, seededTree } from './seeded-tree.ts';

/** Violations by rule: every line of code breaks the rule in that file. */
const violations: Record<string, Record<string, string>> = {
  'exocortex/no-create-require': {
    'main/rig/signal/require.ts': "import { createRequire } from 'node:module';\nvoid createRequire;",
    'main/rig/signal/namespace.ts': "import * as modules from 'node:module';\nmodules.createRequire('/');",
    'main/rig/signal/dlopen.ts': "process.dlopen({ exports: {} }, 'addon.node');",
  },
  'exocortex/no-computed-import': {
    'renderer/computed.ts': 'export const load = (name: string) => import(name);',
    'renderer/template.ts': 'export const load = (name: string) => import(`./${name}.ts`);',
  },
  'exocortex/no-device-path': {
    'main/virtual-rig/hidraw.ts': "export const path = '/dev/hidraw0';",
    'main/virtual-rig/template.ts': 'export const path = (n: number) => `/dev/ttyUSB${n}`;',
    'main/virtual-rig/windows.ts': String.raw`export const path = '\\\\.\\COM3';`,
  },
  'exocortex/no-device-package': {
    'main/rig/acquisition/hid.ts': "import { HIDAsync } from 'node-hid';\nexport { HIDAsync };",
    'main/rig/acquisition/serial.ts': "export const load = () => import('serialport');",
  },
  'exocortex/no-clock-in-interlock': {
    'main/rig/interlock/date.ts': 'export const now = () => Date.now();',
    'main/rig/interlock/new-date.ts': 'export const now = () => new Date();',
    'main/rig/interlock/performance.ts': 'export const now = () => performance.now();',
    'main/rig/interlock/hrtime.ts': 'export const now = () => process.hrtime.bigint();',
    'main/rig/interlock/chance.ts': 'export const chance = () => Math.random();',
  },
  'exocortex/no-forged-permit': {
    'main/rig/stimulation/forged.ts':
      "import type { Permit } from '../interlock/permit.ts';\nexport const permit = {} as unknown as Permit;",
  },
  'exocortex/no-pulse-beside-gate': {
    'main/rig/hardware/hid/bench.ts':
      'export const ask = (writer: { pulse(sequence: number): void }) => writer.pulse(1);',
    'main/rig/named.ts': "export const ask = (writer: { pulse(): void }) => writer['pulse']();",
    'main/rig/output.ts':
      'export class Output {\n  #writer?: { pulse(): void };\n  test() {\n    this.#writer?.pulse();\n  }\n}',
  },
  'exocortex/no-blocking-wait': {
    'main/rig/acquisition/wait.ts': 'export const wait = (words: Int32Array) => Atomics.wait(words, 0, 0, 1);',
  },
  'exocortex/no-foreign-import-in-component': {
    'renderer/panels/Foreign.svelte':
      '<script lang="ts">\nimport type { Rig } from \'../../main/rig/start-rig.ts\';\nconst { rig }: { rig: Rig } = $props();\n</script>\n{rig}',
  },
  'exocortex/no-narrowed-tests': {
    'common/only.test.ts': "import { test } from 'vitest';\ntest.only('one', () => undefined);",
    'common/skip.test.ts': "import { describe } from 'vitest';\ndescribe.skip('none', () => undefined);",
  },
  '@typescript-eslint/no-require-imports': { 'common/require.ts': "export const fs = require('node:fs');" },
  '@typescript-eslint/no-explicit-any': { 'common/any.ts': 'export const value = (it: any) => it;' },
  '@typescript-eslint/ban-ts-comment': { 'common/ignore.ts': '// @ts-ignore\nexport {};' },
};

const allowed: Record<string, string> = {
  'main/rig/hardware/hidraw.ts':
    "import { HIDAsync } from 'node-hid';\nexport const open = () => HIDAsync.open('/dev/hidraw0');",
  'main/rig/simulation-link/pipe.ts': String.raw`export const path = '\\\\.\\pipe\\exocortex';`,
  'main/rig/interlock/permit.ts': 'export type Permit = { one: true };\nexport const permit = {} as Permit;',
  'main/rig/stimulation/gate.ts': 'export const drive = (writer: { pulse(): void }) => writer.pulse();',
  'main/rig/hardware/wired-stimulator.ts': 'export const wired = (device: { pulse(): void }) => device.pulse();',
  'main/rig/recorder-thread.ts': 'export const wait = (words: Int32Array) => Atomics.wait(words, 0, 0, 1);',
  'native/load.ts': "import { createRequire } from 'node:module';\nvoid createRequire;",
  'main/rig/journal/clock.ts': 'export const now = () => process.hrtime.bigint();',
};

const seeds = Object.values(violations).reduce((all, files) => ({ ...all, ...files }), {});
const tree = seededTree({ ...seeds, ...allowed });
afterAll(() => tree.remove());

const eslint = new ESLint({ cwd: tree.folder, overrideConfigFile: join(checkout, 'eslint.config.js') });
const results = await eslint.lintFiles(['.']);
const rulesBrokenBy = (file: string): (string | null)[] => {
  const result = results.find(({ filePath }) => filePath === join(tree.folder, file));
  if (result === undefined) throw new Error(`${file} was not looked at`);
  return [...new Set(result.messages.map(({ ruleId }) => ruleId))];
};

test('S20: a pulse that is asked for beside the gate is reported, also where devices are opened', () => {
  for (const file of Object.keys(violations['exocortex/no-pulse-beside-gate']!))
    expect(rulesBrokenBy(file)).toEqual(['exocortex/no-pulse-beside-gate']);
});

test.each(
  Object.entries(violations).flatMap(([rule, files]) => Object.keys(files).map((file) => [rule, file] as const)),
)('the rule %s reports %s', (rule, file) => {
  expect(rulesBrokenBy(file)).toEqual([rule]);
});

test('every ban has a seeded violation', async () => {
  const config = (await eslint.calculateConfigForFile('common/any.ts')) as { rules: Record<string, unknown> };
  const bans = Object.keys(config.rules).filter((rule) => rule.startsWith('exocortex/'));
  expect(bans.length).toBeGreaterThan(0);
  expect(Object.keys(violations)).toEqual(expect.arrayContaining(bans));
});

test.each(Object.keys(allowed))('%s is where its kind of code belongs', (file) => {
  expect(rulesBrokenBy(file)).toEqual([]);
});
