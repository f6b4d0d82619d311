// `npm run check:statistics`: whether each neuron model does what it does in Brian2: spikes under steady drive (f-I curves), and rate,
// variation and correlation under common input. EXOCORTEX_PYTHON names a Python that has brian2; without it one is made in this
// user's cache. Exit code 0: all agree, 1: not, 2: there is no Brian2.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/** @template T @param {string} file @returns {Promise<T>} a module of the project, which is TypeScript */
async function load(file) {
  /** @type {{ module: T }} */
  const { module } = await runnerImport(join(root, file), { root, configFile: false, logLevel: 'error' });
  return module;
}

/** @type {typeof import('./our-models.ts')} */
const ours = await load('tests/statistics/our-models.ts');
/** @type {typeof import('./comparison.ts')} */
const { comparedModels, comparison } = await load('tests/statistics/comparison.ts');
/** @type {typeof import('./compare.ts')} */
const { differentCurrents, differentStatistics } = await load('tests/statistics/compare.ts');
/** @type {typeof import('../../main/shells/node/commands/bench-simulation/python-environment.ts')} */
const { cacheFolder, findPython } = await load('main/shells/node/commands/bench-simulation/python-environment.ts');

const python = findPython(
  process.env['EXOCORTEX_PYTHON'],
  cacheFolder(process.env, process.platform, homedir()),
  (text) => console.error(text),
);
if ('reason' in python) {
  console.log(`Skipped: ${python.reason}.`);
  process.exit(2);
}
const peer = spawnSync(python.python, [join(root, 'tests/statistics/brian2_models.py')], {
  input: JSON.stringify(comparison),
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
if (peer.status !== 0) {
  console.log(`Skipped: Brian2 did not run: ${peer.stderr.trim().split('\n').at(-1)}`);
  process.exit(2);
}
/** @type {import('./comparison.ts').Brian2Answer} */
const theirs = JSON.parse(peer.stdout.trim().split('\n').at(-1) ?? '');
console.log(`Brian2 ${theirs.version}`);
if (process.argv.includes('--record')) {
  writeFileSync(join(root, 'tests/statistics/brian2-answer.json'), `${JSON.stringify(theirs, undefined, 2)}\n`);
}

const { seconds, draws, currents, driven, chanceHz } = comparison;
const words = (/** @type {import('./compare.ts').ModelStatistics} */ { rateHz, cv, correlation }) =>
  `${rateHz.toFixed(2)} Hz, CV ${cv.toFixed(3)}, correlation ${correlation.toFixed(3)}`;
let differences = 0;
/** @param {string[]} different */
const report = (different) => {
  for (const each of different) console.log(`  DIFFERENT: ${each}`);
  differences += different.length;
};
for (const model of comparedModels) {
  const own = ours.currents(model, currents[model]);
  const statistics = ours.driven(model, driven[model].weight, driven[model].bias, seconds, draws);
  console.log(`\n${model}\n  spikes in 2 s   ${own.join(' ')}\n  in Brian2       ${theirs.currents[model].join(' ')}`);
  console.log(`  common input    ${words(statistics)}\n  in Brian2       ${words(theirs.driven[model])}`);
  report(differentCurrents(currents[model], own, theirs.currents[model]));
  report(differentStatistics(statistics, theirs.driven[model]));
}
const byChance = ours.byChance(chanceHz, seconds, draws);
console.log(`\npoisson           ${words(byChance)}\n  in Brian2       ${words(theirs.byChance)}`);
report(differentStatistics(byChance, theirs.byChance));
console.log(differences === 0 ? '\nAll models agree.' : `\n${differences} differences.`);
process.exitCode = differences === 0 ? 0 : 1;
