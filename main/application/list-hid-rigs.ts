// Asks a thread of its own which HID rigs are connected; main process.
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type {
  EndHidThread,
  HidFault,
  HidLineEnded,
  HidRig,
  HidRigsListed,
  ListHidRigs,
} from '../../common/contract/hid-rigs.ts';
import type { Platform, ThreadName } from '../rig/platform.ts';

const thread: ThreadName = 'hid-rig-thread';

/** @returns the rigs, or why they cannot be listed. Never while the rig is armed: listing HID devices can stall for seconds. */
export async function listHidRigs(platform: Pick<Platform, 'programsFolder'>): Promise<readonly HidRig[] | HidFault> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(join(platform.programsFolder, `${thread}.js`), {
    workerData: { port: port2 },
    transferList: [port2],
  });
  const ended = new Promise<HidFault>((resolve) => {
    worker.once('error', (error) =>
      resolve({ code: 'unsupported', message: error instanceof Error ? error.message : String(error) }),
    );
    worker.once('exit', (code) => resolve({ code: 'unsupported', message: `the HID thread ended with code ${code}` }));
  });
  const answer = new Promise<readonly HidRig[] | HidFault>((resolve) => {
    port1.on('message', (message: HidRigsListed | HidLineEnded) =>
      resolve(message.kind === 'rigs' ? message.rigs : message.fault),
    );
  });
  port1.postMessage({ kind: 'list' } satisfies ListHidRigs);
  const rigs = await Promise.race([answer, ended]);
  port1.postMessage({ kind: 'end' } satisfies EndHidThread);
  // A system that does not answer holds its thread; nobody waits for that.
  if ('code' in rigs) worker.unref();
  else await ended;
  port1.close();
  return rigs;
}
