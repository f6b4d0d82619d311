// Asks a thread of its own which serial stimulators may be connected; main process.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SerialFault, SerialStimulatorPort } from '../../common/contract/serial-stimulators.ts';
import type { Platform, ThreadName } from '../rig/platform.ts';

const thread: ThreadName = 'serial-port-thread';

/** @returns the ports, or why they cannot be listed */
export function listSerialStimulators(
  platform: Pick<Platform, 'programsFolder'>,
): Promise<readonly SerialStimulatorPort[] | SerialFault> {
  const worker = new Worker(join(platform.programsFolder, `${thread}.js`));
  let answer: readonly SerialStimulatorPort[] | SerialFault = {
    code: 'unsupported',
    message: 'the serial-port thread ended without an answer',
  };
  return new Promise((resolve) => {
    worker.once('message', (listed: typeof answer) => (answer = listed));
    worker.once('error', (error) => {
      answer = { code: 'unsupported', message: error instanceof Error ? error.message : String(error) };
    });
    worker.once('exit', () => resolve(answer));
  });
}
