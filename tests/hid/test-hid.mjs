// `npm run test:hid -- [--seconds N] [--emulate] [--json]`: drives HID devices of a real kernel, made with uhid, through hidraw and node-hid;
// where this kernel has no uhid, in a virtual machine, whose processor is emulated where KVM does not work or --emulate asks for it.
// Exit code 2, with the reason in a sentence, where neither can be had.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildHostBoard } from '../../scripts/build-firmware.mjs';
import { buildTool } from '../build-tool.mjs';
import { inputSettings } from './input-settings.mjs';
import { runInMachine } from './virtual-machine.mjs';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    emulate: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);
if (!Number.isSafeInteger(seconds) || seconds < 1) {
  console.error(`--seconds is a whole number from 1 on, not '${options.seconds}'.`);
  process.exit(2);
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const build = join(root, 'build');

/** Whether this program may make HID devices of this kernel. */
function hasUhid() {
  try {
    // eslint-disable-next-line exocortex/no-device-path -- the kernel's own door for devices of a test
    accessSync('/dev/uhid', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @type {Record<string, unknown>[]} */
const results = [];

/** @param {string} line */
function take(line) {
  if (!line.startsWith('{"check"')) {
    if (!options.json && line.trim() !== '') console.log(line);
    return;
  }
  const result = JSON.parse(line);
  results.push(result);
  if (options.json) return;
  const { check, passed, ...numbers } = result;
  const text = Object.entries(numbers).map(([name, value]) => `${name} ${value}`);
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${check}: ${text.join(', ')}`);
}

/** @param {string[]} command @returns {Promise<{ code: number } | { reason: string }>} */
async function runHere(command) {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 2] });
  createInterface({ input: child.stdout }).on('line', take);
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code: Number(code ?? 1) };
}

mkdirSync(build, { recursive: true });
const board = buildHostBoard();
if ('reason' in board) {
  console.error(`The HID driver is not tested with a kernel's HID device: ${board.reason}.`);
  process.exit(2);
}
const { folder, dispose } = await buildTool(
  {
    'check-hid': join(root, 'tests', 'hid', 'check-hid.ts'),
    'hid-rig-thread': join(root, 'main', 'rig', 'hid-rig-thread.ts'),
    'stop-input-thread': join(root, 'main', 'rig', 'stop-input-thread.ts'),
  },
  build,
);
try {
  const station = join(folder, 'station.json');
  writeFileSync(station, JSON.stringify(inputSettings));
  const files = [join(folder, 'check-hid.js'), board.path, folder, station];
  /** @param {boolean} isEmulated */
  const commandFor = (isEmulated) => [process.execPath, ...files, String(seconds), isEmulated ? 'emulated' : 'full'];
  const run =
    hasUhid() && !options.emulate
      ? await runHere(commandFor(false))
      : await runInMachine(commandFor, {
          folder: join(build, 'hid-machine'),
          mustEmulate: options.emulate,
          limitSeconds: 300 + 4 * seconds,
          onLine: take,
        });
  if ('reason' in run) {
    console.error(
      `The HID driver is not tested with a kernel's HID device: ${options.emulate ? 'an emulated processor is asked for' : 'there is no /dev/uhid here'}, and ${run.reason}.`,
    );
    process.exitCode = 2;
  } else {
    const where = 'processor' in run ? `a virtual machine (${run.processor})` : 'this kernel';
    const failed = results.filter(({ passed }) => passed !== true).length;
    if (options.json) console.log(JSON.stringify({ where, failed, results }));
    else console.log(`${results.length - failed} passed, ${failed} failed, in ${where}`);
    process.exitCode = run.code;
  }
} finally {
  dispose();
}
