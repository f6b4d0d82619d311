// Tells whether dist/ was built from the sources as they are now, without loading the bundler.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const inputs = [
  'common',
  'main',
  'simulation',
  'analysis',
  'renderer',
  'native',
  'scripts/build.mjs',
  'scripts/programs.mjs',
  'svelte.config.js',
  'package.json',
  'package-lock.json',
];
const isInput = /\.(ts|svelte|css|html|svg|png|woff2|json|js|mjs)$/;
const isOutside = /(\.test\.ts$)|(^native\/build$)|(^|\/)node_modules$/;

/**
 * @param {string} checkout
 * @param {string} path relative to the checkout, with forward slashes
 * @returns {Generator<string>} the input files at or below `path`, in a fixed order
 */
function* filesBelow(checkout, path) {
  if (isOutside.test(path)) return;
  if (!statSync(join(checkout, path), { throwIfNoEntry: false })?.isDirectory()) {
    if (isInput.test(path) && existsSync(join(checkout, path))) yield path;
    return;
  }
  for (const name of readdirSync(join(checkout, path)).sort()) yield* filesBelow(checkout, `${path}/${name}`);
}

/** @returns {string} a hash over the names and contents of everything the build reads */
export function hashInputs(checkout = root) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesBelow(checkout, input)) {
      hash.update(`${file}\0`);
      hash.update(readFileSync(join(checkout, file)));
    }
  }
  return hash.digest('hex');
}

const stampName = '.build-stamp.json';

/** @returns {boolean} whether dist/ is complete and was built from the inputs as they are now */
export function isBuilt(checkout = root) {
  const dist = join(checkout, 'dist');
  try {
    const stamp = JSON.parse(readFileSync(join(dist, stampName), 'utf8'));
    const isComplete = stamp.outputs.every((/** @type {string} */ file) => existsSync(join(dist, file)));
    return isComplete && stamp.inputs === hashInputs(checkout);
  } catch {
    return false;
  }
}

/**
 * @param {string} folder the finished build
 * @param {string} inputsHash what it was built from
 * @param {string[]} outputs its entry files, relative to `folder`
 */
export function writeStamp(folder, inputsHash, outputs) {
  writeFileSync(join(folder, stampName), `${JSON.stringify({ inputs: inputsHash, outputs })}\n`);
}
