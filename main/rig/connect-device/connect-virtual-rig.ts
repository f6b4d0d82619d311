// Starts the virtual rig, with tissue or a replayed recording in it, and connects to it; rig thread.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DisposableStore } from '../../../common/base/disposable.ts';
import { deviceTokenVariable, type VirtualRigRequest } from '../../../common/device-protocol/virtual-rig-options.ts';
import type { ReplaySource, VirtualSource } from '../../../common/experiment/source.ts';
import { connectHalves, type DeviceHalves } from './connect-halves.ts';
import type { DeviceOptions } from './device-options.ts';

/** A fresh local address: a Unix socket in a folder that only this user can enter, or a pipe of a random name. */
function privateAddress(owner: DisposableStore): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\exocortex-device-${randomBytes(16).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-device-'));
  owner.onDispose(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'device.sock');
}

/** @throws Error with a sentence for the operator */
export async function connectVirtualRig(
  source: ReplaySource | VirtualSource,
  options: DeviceOptions,
): Promise<DeviceHalves> {
  const { checked, programs, owner, watchdog, onProgramExit } = options;
  const { experiment, recording, limits } = checked;
  const address = privateAddress(owner);
  const token = randomBytes(16).toString('hex');
  const request: VirtualRigRequest = {
    address,
    pacing: options.isFast ? 'stepped' : 'real-time',
    seed: experiment.seed,
    tickMilliseconds: experiment.tickMilliseconds,
    source,
    ...(recording === undefined ? {} : { recording }),
  };
  const program = owner.add(programs.start('virtual-rig', [JSON.stringify(request)], { [deviceTokenVariable]: token }));
  const exit = new Promise<never>((_, reject) => {
    program.onExit((how) => {
      onProgramExit(how);
      reject(new Error(`the virtual rig ended before it could be connected: ${how}`));
    });
  });
  exit.catch(() => {});
  const { beatMaxMilliseconds } = limits.timing;
  return Promise.race([connectHalves({ address, token, watchdog, beatMaxMilliseconds, owner }), exit]);
}
