// The net over the module graph: every rule reports its seeded violation, and what the table allows passes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkout, seededTree } from './seeded-tree.ts';

/** Modules that the seeds import, and nothing else. */
const targets = [
  'common/units.ts',
  'main/rig/start-rig.ts',
  'main/rig/acquisition/acquire.ts',
  'main/rig/hardware/device.ts',
  'main/rig/hardware/device-connection.ts',
  'main/rig/hardware/reading-half.ts',
  'main/rig/hardware/writing-half.ts',
  'main/rig/hardware/keep-alive.ts',
  'main/rig/hardware/hid-input.ts',
  'main/rig/hardware/hid/hid-user.ts',
  'main/rig/hardware/hid/report-device.ts',
  'main/rig/hardware/hid/serve-hid-rig.ts',
  'main/rig/hardware/rhx/rhx-session.ts',
  'main/rig/hardware/serial/list-serial-stimulators.ts',
  'main/rig/hardware/serial/serial-connection.ts',
  'main/rig/hardware/serial/serial-stimulator.ts',
  'main/rig/hardware/serial/serial-link.ts',
  'main/rig/hardware/serial/serve-serial-stimulator.ts',
  'main/rig/hardware/rhx/stream-reader.ts',
  'main/rig/hardware/rhx/prepared-stimulator.ts',
  'main/rig/hardware/open-ephys/network-events.ts',
  'main/rig/hardware/open-ephys/open-ephys-session.ts',
  'main/rig/hardware/open-ephys/stream-reader.ts',
  'main/rig/interlock/interlock.ts',
  'main/rig/interlock/permit.ts',
  'main/rig/signal/detect.ts',
  'main/application/commands.ts',
  'main/experiment/read.ts',
  'main/library/catalogue.ts',
  'main/shells/page-files.ts',
  'main/virtual-rig/tissue.ts',
  'simulation/network.ts',
  'analysis/nwb.ts',
  'native/native-addon.ts',
  'renderer/ui/button.ts',
  'renderer/state/live.ts',
  'renderer/panels/raster/raster.ts',
  'renderer/views/run.ts',
  'resources/icon.ts',
  'tests/fixture.ts',
];

/** One violation per rule: the file that breaks it, and what that file imports; all but the last is allowed. */
const violations: Record<string, readonly [file: string, ...imports: string[]]> = {
  'common-imports': ['common/seed.ts', 'yaml'],
  'rig-part-imports': ['main/rig/journal/seed.ts', '../signal/detect.ts'],
  'stop-inputs-imports': ['main/rig/stop-inputs/seed.ts', '../hardware/hid-input.ts', '../hardware/device.ts'],
  'hid-input-imports': ['main/rig/hardware/hid-input.ts', 'node-hid', './device.ts'],
  'hid-output-imports': [
    'main/rig/hardware/hid/open-report-device.ts',
    'node-hid',
    './report-device.ts',
    './hid-user.ts',
  ],
  'serial-ports-imports': [
    'main/rig/hardware/serial/load-serial-ports.ts',
    'serialport',
    './serial-connection.ts',
    './serial-stimulator.ts',
  ],
  'hid-in-its-thread': ['main/rig/recorder-thread.ts', './hardware/hid-input.ts'],
  'acquisition-imports': ['main/rig/acquisition/seed.ts', '../hardware/keep-alive.ts'],
  'stimulation-imports': ['main/rig/stimulation/seed.ts', '../interlock/interlock.ts'],
  'gate-imports': [
    'main/rig/stimulation/gate.ts',
    '../interlock/interlock.ts',
    '../hardware/writing-half.ts',
    '../hardware/reading-half.ts',
  ],
  'supervision-imports': ['main/rig/supervision/seed.ts', '../hardware/reading-half.ts'],
  'connect-device-imports': [
    'main/rig/connect-device/seed.ts',
    '../hardware/writing-half.ts',
    '../interlock/interlock.ts',
  ],
  'signal-imports': ['main/rig/signal/seed.ts', '../hardware/device.ts'],
  'interlock-imports': ['main/rig/interlock/seed.ts', 'node:fs'],
  'session-and-operator-imports': ['main/rig/operator/seed.ts', 'node:fs'],
  'rig-wiring-imports': ['main/rig/rig-thread.ts', './signal/detect.ts', './signal/detect.ts', '../experiment/read.ts'],
  'platform-imports': ['main/rig/platform.ts', '../../common/units.ts', 'node:fs'],
  'virtual-rig-imports': ['main/virtual-rig/seed.ts', '../rig/hardware/device.ts'],
  'experiment-and-library-imports': ['main/library/seed.ts', '../experiment/read.ts'],
  'sqlite-imports': ['main/library/load-sqlite.ts', '@photostructure/sqlite', './catalogue.ts'],
  'application-imports': ['main/application/seed.ts', '../rig/signal/detect.ts'],
  'electron-shell-imports': ['main/shells/electron/seed.ts', 'ws'],
  'node-shell-imports': ['main/shells/node/seed.ts', '../../library/catalogue.ts'],
  'driven-browser-imports': [
    'main/shells/node/commands/bench-review/drive-browser.ts',
    'playwright',
    '../../../../experiment/read.ts',
  ],
  'both-shells-imports': ['main/shells/seed.ts', '../application/commands.ts'],
  'simulation-imports': ['simulation/seed.ts', 'zod'],
  'analysis-imports': ['analysis/seed.ts', 'yaml'],
  'native-imports': ['native/seed.ts', 'ws'],
  'page-imports': ['renderer/seed.ts', 'node:fs'],
  'page-ui-imports': ['renderer/ui/seed.ts', '../state/live.ts'],
  'page-plots-imports': ['renderer/plots/seed.ts', '../state/live.ts'],
  'panels-do-not-know-each-other': ['renderer/panels/traces/seed.ts', '../raster/raster.ts'],
  'views-are-composed-at-the-top': ['renderer/state/seed.ts', '../views/run.ts'],
  'one-exit': ['main/rig/closed-loop.ts', './hardware/reading-half.ts', './hardware/writing-half.ts'],
  'rhx-read-in-its-thread': ['main/rig/seed.ts', './hardware/rhx/rhx-session.ts', './hardware/rhx/stream-reader.ts'],
  'open-ephys-read-in-its-thread': [
    'main/rig/open-ephys-seed.ts',
    './hardware/open-ephys/open-ephys-session.ts',
    './hardware/open-ephys/stream-reader.ts',
  ],
  'sockets-in-hardware': ['main/rig/recording/seed.ts', 'node:fs', 'node:net'],
  'common-process-border': ['common/seed.test.ts', '../simulation/network.ts'],
  'main-process-border': ['main/seed.test.ts', '../simulation/network.ts'],
  'simulation-process-border': ['simulation/seed.test.ts', '../analysis/nwb.ts'],
  'analysis-process-border': ['analysis/seed.test.ts', '../main/library/catalogue.ts'],
  'page-process-border': ['renderer/seed.test.ts', '../native/native-addon.ts'],
  'native-process-border': ['native/seed.test.ts', '../analysis/nwb.ts'],
  'electron-in-its-shell-only': ['tests/integration/seed.ts', 'electron'],
  'data-is-not-imported': ['tests/bench/seed.ts', '../../resources/icon.ts'],
  'tests-are-not-imported': ['scripts/seed.ts', '../tests/fixture.ts'],
  'no-cycles': ['tests/cycle.ts', './cycle.ts'],
  'no-unresolved': ['tests/unresolved.ts', './nowhere.ts'],
};

const allowed: Record<string, readonly string[]> = {
  'common/allowed.ts': ['zod', './units.ts'],
  'main/rig/acquisition/allowed.ts': ['../hardware/reading-half.ts', '../hardware/device.ts', 'node:fs'],
  'main/rig/stimulation/allowed.ts': ['../hardware/device.ts', '../interlock/permit.ts', '../../../common/units.ts'],
  'main/rig/connect-device/allowed.ts': ['../hardware/reading-half.ts', '../hardware/writing-half.ts'],
  'main/rig/hid-rig-thread.ts': ['./hardware/hid/serve-hid-rig.ts', './hardware/hid/open-report-device.ts'],
  'main/rig/serial-port-thread.ts': ['./hardware/serial/list-serial-stimulators.ts', 'node:worker_threads'],
  'main/rig/serial-stimulator-program.ts': ['./hardware/serial/serve-serial-stimulator.ts'],
  'main/rig/rhx-reader-thread.ts': ['./hardware/rhx/stream-reader.ts'],
  'main/rig/open-ephys-reader-thread.ts': ['./hardware/open-ephys/stream-reader.ts'],
  'main/rig/hardware/rhx/allowed.ts': ['node:net', './stream-reader.ts'],
  'main/rig/supervision/allowed.ts': ['../hardware/keep-alive.ts', 'node:worker_threads'],
  'main/rig/signal/allowed.ts': ['../../../native/native-addon.ts'],
  'main/rig/interlock/allowed.ts': ['./interlock.ts', '../../../common/units.ts'],
  'main/application/allowed.ts': ['../rig/start-rig.ts', '../rig/platform.ts', '../experiment/read.ts'],
  'main/shells/electron/allowed.ts': ['electron', '../../application/commands.ts', '../page-files.ts'],
  'main/shells/node/allowed.ts': ['ws', '../../experiment/read.ts', '../page-files.ts', '../../rig/platform.ts'],
  'main/experiment/allowed.ts': ['yaml', 'zod'],
  'simulation/allowed.ts': ['../native/native-addon.ts', './network.ts'],
  'analysis/allowed.ts': ['h5wasm/node'],
  'renderer/views/allowed.ts': ['../panels/raster/raster.ts', '../ui/button.ts', 'svelte'],
  'renderer/plots/allowed.ts': ['uplot', '../../common/units.ts'],
  'tests/allowed.test.ts': ['../simulation/network.ts', '../main/rig/hardware/writing-half.ts', './fixture.ts'],
};

/** Files that reach for a package that one file alone knows. */
const foreignPackages: Record<string, readonly [name: string, rule: string]> = {
  'main/rig/hardware/serial/second-importer.ts': ['serialport', 'rig-part-imports'],
  'main/rig/hardware/hid/second-importer.ts': ['node-hid', 'rig-part-imports'],
  'main/shells/node/second-importer.ts': ['playwright', 'node-shell-imports'],
  'main/library/second-importer.ts': ['@photostructure/sqlite', 'experiment-and-library-imports'],
};

/** Other ways to write an import of the page's that reaches into the rig. */
const disguises: Record<string, string> = {
  'renderer/type-only.ts': "import type { Rig } from '../main/rig/start-rig.ts';\nexport type { Rig };\n",
  'renderer/re-export.ts': "export * from '../main/rig/start-rig.ts';\n",
  'renderer/on-demand.ts': "export const rig = () => import('../main/rig/start-rig.ts');\n",
  'renderer/type-expression.ts': "export type Rig = import('../main/rig/start-rig.ts').Rig;\n",
  'renderer/Component.svelte':
    '<script lang="ts">import \'../main/rig/start-rig.ts\'; const n: number = 1;</script>{n}\n',
  'renderer/ModuleScript.svelte': '<script module lang="ts">import \'../main/rig/start-rig.ts\';</script>\n',
};

/** Files that reach for the stimulator past the gate. */
const pastTheGate: Record<string, string> = {
  'main/rig/between-ticks.ts': './hardware/hid/hid-user.ts',
  'main/rig/rig-watch.ts': './hardware/hid/serve-hid-rig.ts',
  'main/rig/rig-commands.ts': './hardware/writing-half.ts',
  'main/rig/output-control.ts': './hardware/device-connection.ts',
  'main/rig/stimulation/past-gate.ts': '../hardware/writing-half.ts',
  'main/rig/fire.ts': './hardware/rhx/prepared-stimulator.ts',
  'main/rig/trigger.ts': './hardware/open-ephys/network-events.ts',
  'main/rig/fire-serial.ts': './hardware/serial/serial-stimulator.ts',
  'main/rig/ask-serial.ts': './hardware/serial/serial-link.ts',
  'main/rig/serve-serial.ts': './hardware/serial/serve-serial-stimulator.ts',
  'main/rig/open-serial.ts': './hardware/serial/load-serial-ports.ts',
  'main/rig/operator/past-gate.ts': '../hardware/writing-half.ts',
  'main/application/past-gate.ts': '../rig/hardware/writing-half.ts',
  'main/shells/node/past-gate.ts': '../../rig/hardware/writing-half.ts',
};

const importing = (...names: readonly string[]): string => names.map((name) => `import '${name}';\n`).join('');

const tree = seededTree({
  ...Object.fromEntries(targets.map((path) => [path, 'export {};\n'])),
  ...Object.fromEntries(Object.values(violations).map(([path, ...names]) => [path, importing(...names)])),
  ...disguises,
  ...Object.fromEntries(Object.entries(foreignPackages).map(([path, [name]]) => [path, importing(name)])),
  ...Object.fromEntries(Object.entries(pastTheGate).map(([path, name]) => [path, importing(name)])),
  ...Object.fromEntries(Object.entries(allowed).map(([path, names]) => [path, importing(...names)])),
});
afterAll(() => tree.remove());

interface Report {
  summary: {
    violations: { from: string; rule: { name: string } }[];
    ruleSetUsed: { forbidden: { name: string }[] };
  };
}

function cruise(): Report['summary'] {
  const cruiser = join(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(checkout, '.dependency-cruiser.cjs');
  const folders = ['common', 'main', 'simulation', 'analysis', 'native', 'renderer', 'scripts', 'tests'];
  const result = spawnSync(process.execPath, [cruiser, '--config', config, '--output-type', 'json', ...folders], {
    cwd: tree.folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return (JSON.parse(result.stdout) as Report).summary;
}

const summary = cruise();
const rulesBrokenBy = (file: string): string[] =>
  summary.violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name);

test.each(Object.entries(violations))('the rule %s reports its violation and no other rule does', (rule, [file]) => {
  expect(rulesBrokenBy(file)).toEqual([rule]);
});

test.each(Object.keys(disguises))('the import in %s is seen', (file) => {
  expect(rulesBrokenBy(file).sort()).toEqual(['page-imports', 'page-process-border']);
});

test('S20: whatever reaches a stimulator past the gate is reported', () => {
  const unreported = Object.keys(pastTheGate).filter((file) => !rulesBrokenBy(file).includes('one-exit'));
  expect(unreported).toEqual([]);
});

test.each(Object.entries(foreignPackages))('a package that one file knows is reported in %s', (file, [, rule]) => {
  expect(rulesBrokenBy(file)).toEqual([rule]);
});

test('every rule has a seeded violation', () => {
  expect(Object.keys(violations).sort()).toEqual(summary.ruleSetUsed.forbidden.map((rule) => rule.name).sort());
});

test.each(Object.keys(allowed))('%s may import what its row of the table allows', (file) => {
  expect(rulesBrokenBy(file)).toEqual([]);
});
