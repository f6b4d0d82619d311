// Which test files need a process of their own: those that change their process, or start what could outlive them. The others share one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a test file, or what stands beside it for tests only, may not do in a process that it shares. */
const changes = [
  // Modules, timers and globals in the place of the real ones.
  /\bvi\.(mock|doMock|hoisted|stubEnv|stubGlobal|spyOn|useFakeTimers|resetModules)\b/,
  /\bprocess\.(on|once|chdir|exitCode)\b/,
  /\bprocess\.env(\.\w+|\[[^\]]+\]) = |\bdelete process\.env|\bglobalThis\.\w+ = |Reflect\.set\(globalThis/,
  // Programs, threads and servers.
  /from 'node:(child_process|worker_threads|net|http|https|dgram|cluster)'/,
  // Emulated recorders, which are servers that must be in time.
  /\/virtual-(rhx|open-ephys)\.ts'/,
];
const relativeImport = /(?:from|import\() ?'(\.[^']+)'/g;
/** Whatever a test imports of these belongs to the test. */
const forTests = /\.fixture\.ts$|^tests\//;

/**
 * @param {string} file path of a test file from `root`
 * @param {string} root folder of the checkout
 */
export function needsOwnProcess(file, root) {
  const seen = new Set();
  const waiting = [file];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (seen.has(each) || !existsSync(join(root, each))) continue;
    seen.add(each);
    const text = readFileSync(join(root, each), 'utf8');
    if (changes.some((change) => change.test(text))) return true;
    for (const [, imported] of text.matchAll(relativeImport)) {
      const path = join(dirname(each), imported ?? '').replaceAll('\\', '/');
      if (forTests.test(path)) waiting.push(path);
    }
  }
  return false;
}

/**
 * @param {readonly string[]} folders from `root`
 * @param {string} root folder of the checkout
 * @returns {string[]} the test files in them that need a process of their own, as paths from `root`
 */
export function testsWithOwnProcess(folders, root) {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        `${folder}/${name}`.replaceAll('\\', '/'),
      ),
    )
    .filter((file) => file.endsWith('.test.ts') && needsOwnProcess(file, root));
}
