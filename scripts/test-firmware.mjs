// `npm run test:firmware`: runs the tests of the board's core and shows with gcov that every line and every branch of it was taken.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compile, findCompiler, firmwareFiles, withoutCompiler } from './build-firmware.mjs';
import { root } from './paths.mjs';

/** @typedef {{ throw: boolean, count: number }} Branch */
/** @typedef {{ line_number: number, count: number, branches: Branch[] }} Line */
/** @typedef {{ file: string, lines: Line[] }} FileCoverage */

const folder = join(root, 'build', 'firmware', 'coverage');
const core = join(root, 'resources', 'firmware', 'src');

/** @param {string} command @param {string[]} args */
function run(command, args) {
  return spawnSync(command, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** @param {string[]} counted sources @returns {FileCoverage[]} of the core's files; a header is listed once for each file that includes it */
function measure(counted) {
  const { status, stdout, stderr } = run('gcov', ['--branch-probabilities', '--json-format', '--stdout', ...counted]);
  if (status !== 0) throw new Error(`gcov did not run: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => /** @type {{ files: FileCoverage[] }} */ (JSON.parse(line)).files)
    .filter(({ file }) => file.startsWith(core));
}

/** A header's line counts once, with the sums of all files that include it. @param {FileCoverage[]} files */
function merged(files) {
  /** @type {Map<string, Map<string, number[]>>} file → place of a line → its count, then those of its branches */
  const byFile = new Map();
  for (const { file, lines } of files) {
    const known = byFile.get(file) ?? new Map();
    byFile.set(file, known);
    for (const { line_number: number, count, branches } of lines) {
      const counts = [count, ...branches.map((branch) => branch.count)];
      const place = `${number}/${counts.length}`;
      const before = known.get(place) ?? counts.map(() => 0);
      known.set(
        place,
        counts.map((value, index) => value + before[index]),
      );
    }
  }
  return byFile;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const compiler = findCompiler();
if (compiler === undefined || run('gcov', ['--version']).status !== 0) {
  console.log(
    `Skipped: ${compiler === undefined ? withoutCompiler : 'gcov, which counts the branches, was not found'}.`,
  );
} else {
  const flags = ['-std=c++17', '-fno-exceptions', '-fno-rtti', '-O0', '-g'];
  const sources = [...firmwareFiles('src', '.cpp'), ...firmwareFiles('tests', '.cpp')];
  for (const file of sources) compile(compiler, [...flags, '--coverage', '-c', file], folder);
  const objects = sources.map((file) => `${basename(file, '.cpp')}.o`);
  compile(compiler, ['--coverage', ...objects, '-o', 'core-tests'], folder);
  const tests = run(join(folder, 'core-tests'), []);
  process.stdout.write(tests.stdout);
  let missed = tests.status === 0 ? 0 : 1;
  const total = { lines: 0, takenLines: 0, branches: 0, takenBranches: 0 };
  for (const [file, lines] of merged(measure(sources.map((file) => basename(file))))) {
    for (const [place, [count = 0, ...branches]] of lines) {
      total.lines++;
      total.takenLines += count > 0 ? 1 : 0;
      total.branches += branches.length;
      total.takenBranches += branches.filter((taken) => taken > 0).length;
      if (count > 0 && branches.every((taken) => taken > 0)) continue;
      missed++;
      console.log(`${file}:${place.split('/')[0]}: line ${count} times, branches ${branches.join(', ') || 'none'}`);
    }
  }
  console.log(`lines ${total.takenLines} of ${total.lines}, branches ${total.takenBranches} of ${total.branches}`);
  process.exitCode = missed === 0 ? 0 : 1;
}
