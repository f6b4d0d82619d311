// `npm test`: sets up what the tests need, runs every check, and ends with `N passed, N failed, N skipped`.
// `npm test -- lint|types|unit|integration|e2e …` runs those parts only.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { countTests, failedTests } from './count-tests.mjs';
import { root } from './paths.mjs';
import { checkNode, ensureBuild, ensureDependencies, ensureNative, stop } from './set-up.mjs';

const results = join(root, 'test-results');
const parts = ['lint', 'types', 'unit', 'integration', 'e2e'];

/** @type {{ name: string, seconds: number, counts: import('./count-tests.mjs').Counts }[]} */
const finished = [];
/** @type {string[]} */
const failed = [];

/** @param {string} script a file in node_modules @param {string[]} args @returns {boolean} whether it ended with 0 */
function succeeds(script, args) {
  const node = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 1, 1],
  });
  return node.status === 0;
}

/** @param {string} name @param {() => import('./count-tests.mjs').Counts} run */
function step(name, run) {
  console.log(`\n── ${name}`);
  const startedMs = performance.now();
  const counts = run();
  finished.push({ name, seconds: (performance.now() - startedMs) / 1000, counts });
}

/** Each counts as one test. @typedef {{ name: string, script: string, args: string[] }} Check */

/** @param {Check} check @returns {Promise<void>} when it has ended; what it printed comes in one piece */
async function run({ name, script, args }) {
  const startedMs = performance.now();
  const node = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [node.stdout, node.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const code = await new Promise((resolve) => node.once('close', resolve));
  console.log(`\n── ${name}`);
  process.stdout.write(printed);
  const counts = code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  finished.push({ name, seconds: (performance.now() - startedMs) / 1000, counts });
}

/** As many at a time as there are cores. @param {(() => Promise<void>)[]} jobs */
async function runAll(jobs) {
  const waiting = [...jobs];
  const work = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** @param {string} name @param {string[]} projects of vitest.config.ts */
function tests(name, projects) {
  step(name, () => {
    const report = join(results, `${name}.json`);
    rmSync(report, { force: true });
    const succeeded = succeeds('vitest/vitest.mjs', [
      'run',
      // Vitest itself leaves one core alone. Projects that measure real time say that they take one.
      `--maxWorkers=${availableParallelism()}`,
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    failed.push(...failedTests(report));
    return countTests(report, succeeded);
  });
}

checkNode();
const chosen = process.argv.slice(2);
const unknown = chosen.filter((part) => !parts.includes(part));
if (unknown.length > 0) stop(`There is no part called ${unknown.join(', ')}. Choose from ${parts.join(', ')}.`);
/** @param {string[]} anyOf */
const runs = (...anyOf) => chosen.length === 0 || anyOf.some((part) => chosen.includes(part));

mkdirSync(results, { recursive: true });
ensureDependencies();
if (runs('integration', 'e2e')) ensureBuild();

/** @type {Check[]} */
const checks = [];
/** @param {string} name @param {string} script @param {string[]} args */
const check = (name, script, args) => void checks.push({ name, script, args });
// Long ones come first, so that no core is left with one alone at the end.
if (runs('types')) {
  check('svelte-check', 'svelte-check/bin/svelte-check', [
    '--tsconfig',
    'tsconfig.renderer.json',
    '--fail-on-warnings',
  ]);
  const configs = readdirSync(root).filter((name) => /^tsconfig\.(?!base|renderer).*\.json$/.test(name));
  for (const config of configs) check(`types of ${config}`, 'typescript/bin/tsc', ['-p', config]);
}
if (runs('lint')) {
  check('prettier', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']);
  check('eslint', 'eslint/bin/eslint.js', ['--max-warnings=0', '.']);
  const modules = ['common', 'main', 'simulation', 'analysis', 'renderer', 'native', 'tests', 'scripts'];
  check('dependency-cruiser', 'dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config',
    '.dependency-cruiser.cjs',
    ...modules,
  ]);
}
const needsNative = runs('unit', 'integration', 'e2e');
await runAll([...(needsNative ? [ensureNative] : []), ...checks.map((each) => () => run(each))]);
// Chromium comes first: it brings the graphics processor that the unit tests compute on.
if (runs('e2e')) {
  const { ensureBrowser } = await import('./ensure-browser.mjs');
  const browser = await ensureBrowser();
  if ('path' in browser) process.env['EXOCORTEX_BROWSER'] = browser.path;
  else console.error(`The tests in a browser are skipped: ${browser.reason}.`);
}
if (runs('unit')) {
  const { ensureSoftwareGpu } = await import('./ensure-software-gpu.mjs');
  ensureSoftwareGpu();
  tests('unit', ['unit', 'unit-own-process', 'unit-page']);
}
if (runs('integration')) tests('integration', ['integration-untimed', 'integration']);
if (runs('e2e')) tests('e2e', ['e2e']);

console.log('');
const total = { passed: 0, failed: 0, skipped: 0 };
for (const { name, seconds, counts } of finished) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  console.log(`${counts.failed > 0 ? 'FAILED' : 'ok    '} ${seconds.toFixed(1).padStart(6)} s  ${name}`);
}
for (const test of failed) console.log(`failed: ${test}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
