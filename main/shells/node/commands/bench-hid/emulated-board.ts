// The emulated board of `exocortex bench hid`: the firmware's core as a program, over a socket or as a HID device of the kernel. Main process of the plain-Node shell.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HidBenchBoard } from '../../../../../common/bench/hid-run.ts';
import type { DisposableStore } from '../../../../../common/base/disposable.ts';

/** Whether this program may make HID devices of this kernel. */
export function hasUhid(): boolean {
  try {
    // eslint-disable-next-line exocortex/no-device-path -- makes a device of its own, and opens none that is there
    accessSync('/dev/uhid', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param applicationFolder the repository @returns the built program, or why there is none and what to do */
export function findBoardProgram(
  given: string | undefined,
  applicationFolder: string,
): { program: string } | { problem: string } {
  if (given !== undefined)
    return existsSync(given)
      ? { program: given }
      : { problem: `There is no emulated board ${given}: correct --board.` };
  const script = join(applicationFolder, 'scripts', 'host-board.mjs');
  if (!existsSync(script))
    return {
      problem: 'The emulated board is built in the repository only: run the bench there, or name it by --board.',
    };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  return status === 0 ? { program: stdout.trim() } : { problem: `There is no emulated board: ${stderr.trim()}` };
}

/**
 * Starts it. Serial number and token are drawn: no other board answers to them.
 * @param isInKernel as a HID device of the kernel; else on a socket
 */
export function startBoard(
  program: string,
  reportBytes: number,
  isInKernel: boolean,
  owner: DisposableStore,
): HidBenchBoard {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-board-'));
  owner.onDispose(() => rmSync(folder, { recursive: true, force: true }));
  const [serialNumber, token] = [randomBytes(8).toString('hex'), randomBytes(16).toString('hex')];
  const address = isInKernel ? undefined : join(folder, 'board.sock');
  const mode = address === undefined ? ['uhid'] : ['socket'];
  const listening = address === undefined ? [] : [address];
  const child = spawn(program, [...mode, String(reportBytes), serialNumber, token, ...listening], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  // It ends with its standard input, so that it never outlives this program.
  child.stdin.on('error', () => {});
  child.on('error', () => {});
  owner.onDispose(() => void child.kill());
  return { serialNumber, token, reportBytes, address };
}
