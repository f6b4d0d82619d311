// `npm run check:mutants -- [path …]`: changes the decision, the reducers and the frame codec in one place after the other; a test must notice.
// Below 95 % in a file, or a survivor that survivors.md does not explain: exit code 1.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';

const scoreMin = 0.95;
const all = [
  'main/rig/interlock/{decide,check-pulse,check-dose,permit,reduce}.ts',
  'main/rig/supervision/watchdog-round.ts',
  'common/transport/frame.ts',
  'common/device-protocol/{envelope,messages,record-layout}.ts',
];
const [, , ...chosen] = process.argv;

// Random properties with a thirtieth of their runs: every mutant is tried against each of them.
process.env['EXOCORTEX_PROPERTY_RUNS'] ??= '0.03';
const results = await new Stryker({
  mutate: chosen.length > 0 ? chosen : all,
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // What is evaluated once when a module is loaded are tables and their names; tests compare those as a whole.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { reportTests: false, allowEmojis: false },
  ignorePatterns: ['dist', 'release', 'sessions', 'prebuilds', 'coverage', 'test-results'],
}).runMutationTest();

const explained = readFileSync(fileURLToPath(new URL('survivors.md', import.meta.url)), 'utf8');
const root = fileURLToPath(new URL('../../', import.meta.url));
/** @param {{ status: string }} mutant */
const isDetected = ({ status }) => status === 'Killed' || status === 'Timeout';
const counted = results.filter(
  ({ status }) => isDetected({ status }) || status === 'Survived' || status === 'NoCoverage',
);
let isFine = counted.length > 0;
for (const file of new Set(counted.map(({ fileName }) => fileName))) {
  const own = counted.filter(({ fileName }) => fileName === file);
  const left = own.filter((mutant) => !isDetected(mutant));
  const score = 1 - left.length / own.length;
  const name = file.replace(root, '');
  console.log(`${(100 * score).toFixed(2).padStart(6)} %  ${name} (${own.length - left.length} of ${own.length})`);
  if (score < scoreMin) isFine = false;
  for (const { location, replacement } of left) {
    // A row of the table names the file and what the code became.
    const row = explained
      .split('\n')
      .find((line) => line.includes(`\`${name}\``) && line.includes(`\`${replacement}\``));
    if (row !== undefined) continue;
    isFine = false;
    console.log(`         unexplained: line ${location.start.line + 1} became ${replacement}`);
  }
}
process.exitCode = isFine ? 0 : 1;
