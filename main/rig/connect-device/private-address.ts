// A fresh local address for a program that the rig starts. Rig thread.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DisposableStore } from '../../../common/base/disposable.ts';

/** @returns a Unix socket in a folder that only this user can enter, which goes with its owner; under Windows a pipe of a random name */
export function privateAddress(owner: DisposableStore): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\exocortex-device-${randomBytes(16).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-device-'));
  owner.onDispose(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'device.sock');
}
