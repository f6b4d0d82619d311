// Entry of the self test of a graphics processor, a process of its own that may crash or hang: tries it, tells its parent and ends.
import type { SelfTestReport } from '../common/simulation-protocol/gpu-self-test.ts';
import { loadNativeOf } from '../native/load-native.ts';
import { openGpu } from './backend/webgpu/open-gpu.ts';
import { tryGpu } from './backend/webgpu/try-gpu.ts';

/** How Dawn is to hand out memory: as it does by itself, as a copy, or not at all, as under Electron. */
const mode = process.argv[2] ?? 'plain';

async function report(): Promise<SelfTestReport> {
  const native = loadNativeOf(import.meta.url);
  const opened = await openGpu(() => {
    if (mode !== 'copy' && mode !== 'forbid') return;
    if (native === undefined) throw new Error('the native addon, which would make it copy, is not there');
    if (native.hookExternalBuffers(mode) === 0) throw new Error('Dawn could not be made to copy what it hands out');
  });
  if (opened.device === undefined) return { reason: opened.reason };
  const { adapter } = opened;
  try {
    return { adapter, ...(await tryGpu(opened.device)) };
  } catch (error) {
    return { reason: `The trial failed on ${adapter.name}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Of a utility process of Electron; its parent ends this program. */
const { parentPort } = process as { parentPort?: { postMessage(message: unknown): void } };
const answer = await report();
if (parentPort === undefined) process.send?.(answer, () => process.exit(0));
else parentPort.postMessage(answer);
