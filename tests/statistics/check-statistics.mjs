// `npm run check:statistics`: whether each neuron model does what it does in Brian2: spikes under steady drive (f-I curves), and rate,
// variation and correlation under common input. EXOCORTEX_PYTHON names a Python that has brian2; without it one is made in this
// user's cache. Exit code 0: all agree, 1: not, 2: there is no Brian2.
import { spawnSync } from 'node:child_process';
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
/** @type {typeof import('./compare.ts')} */
const { differentCurrents, differentStatistics } = await load('tests/statistics/compare.ts');
/** @type {typeof import('../../main/shells/node/commands/bench-simulation/python-environment.ts')} */
const { cacheFolder, findPython } = await load('main/shells/node/commands/bench-simulation/python-environment.ts');

const seconds = 15;
const draws = 5;
const request = {
  seconds,
  draws,
  currents: {
    lif: [15, 19, 21, 23, 26, 30, 40, 50],
    'lif-conductance': [5, 9, 11, 13, 16, 20, 30, 45],
    adex: [10, 17, 20, 23, 26, 30, 40, 50],
    izhikevich: [2, 4, 6, 8, 10, 15, 20, 30],
  },
  driven: {
    lif: { weight: 0.4, bias: 0 },
    'lif-conductance': { weight: 0.24, bias: 0 },
    adex: { weight: 0.6, bias: 0 },
    izhikevich: { weight: 3.5, bias: 0 },
  },
};

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
  input: JSON.stringify(request),
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
if (peer.status !== 0) {
  console.log(`Skipped: Brian2 did not run: ${peer.stderr.trim().split('\n').at(-1)}`);
  process.exit(2);
}
const theirs = JSON.parse(peer.stdout.trim().split('\n').at(-1) ?? '');
console.log(`Brian2 ${theirs.version}`);

let differences = 0;
for (const model of /** @type {const} */ (['lif', 'lif-conductance', 'adex', 'izhikevich'])) {
  const own = ours.currents(model, request.currents[model]);
  const { weight, bias } = request.driven[model];
  const statistics = ours.driven(model, weight, bias, seconds, draws);
  const words = (/** @type {import('./compare.ts').ModelStatistics} */ { rateHz, cv, correlation }) =>
    `${rateHz.toFixed(2)} Hz, CV ${cv.toFixed(3)}, correlation ${correlation.toFixed(3)}`;
  console.log(`\n${model}\n  spikes in 2 s   ${own.join(' ')}\n  in Brian2       ${theirs.currents[model].join(' ')}`);
  console.log(`  common input    ${words(statistics)}\n  in Brian2       ${words(theirs.driven[model])}`);
  const different = [
    ...differentCurrents(request.currents[model], own, theirs.currents[model]),
    ...differentStatistics(statistics, theirs.driven[model]),
  ];
  for (const each of different) console.log(`  DIFFERENT: ${each}`);
  differences += different.length;
}
console.log(differences === 0 ? '\nAll models agree.' : `\n${differences} differences.`);
process.exitCode = differences === 0 ? 0 : 1;
