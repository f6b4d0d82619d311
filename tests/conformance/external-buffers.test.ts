// Dawn hands out copies where the native addon has made it: right every time, and released.
import { arch, env, memoryUsage, platform } from 'node:process';
import { expect, it } from 'vitest';
import { loadNative } from '../../native/load-native.ts';
import { root } from '../../scripts/paths.mjs';
import { bufferUse, mapForReading } from '../../simulation/backend/webgpu/gpu-flags.ts';
import { openGpu } from '../../simulation/backend/webgpu/open-gpu.ts';
import { whyNoGpu } from '../support/software-gpu.ts';

const { native } = loadNative({ applicationRoot: root, environment: env, platform, arch });
// Before Dawn is loaded.
const places = native?.hookExternalBuffers('copy');
const noGpu = await whyNoGpu();
if (native === undefined) console.log('That Dawn copies is not tested: the native addon is not built.');
if (noGpu !== undefined) console.log(`That Dawn copies is not tested: ${noGpu}`);

const reads = 100_000;
const bytes = 4096;

it.runIf(native !== undefined && noGpu === undefined)(
  'reads back right 100,000 times without keeping what was read',
  async () => {
    expect(places).toBe(0);
    const opened = await openGpu();
    expect(native!.hookExternalBuffers('copy')).toBe(1);
    if (opened.device === undefined) throw new Error(opened.reason);
    const { device } = opened;
    const usage = bufferUse.storage | bufferUse.copySource | bufferUse.copyDestination;
    const numbers = device.createBuffer({ size: bytes, usage });
    const result = device.createBuffer({ size: bytes, usage: bufferUse.mapRead | bufferUse.copyDestination });
    const words = Uint32Array.from({ length: bytes / 4 }, (_, index) => 7 * index);
    device.queue.writeBuffer(numbers, 0, words);
    let wrong = 0;
    let megabytesBefore = 0;
    for (let read = 0; read < reads; read++) {
      if (read === reads / 10) megabytesBefore = memoryUsage.rss() / 2 ** 20;
      words[0] = read;
      device.queue.writeBuffer(numbers, 0, words, 0, 1);
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(numbers, 0, result, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await result.mapAsync(mapForReading);
      const copy = new Uint32Array(result.getMappedRange());
      if (copy.length !== bytes / 4 || copy[0] !== read || copy.at(-1) !== words.at(-1)) wrong++;
      result.unmap();
      if (copy.length !== 0) wrong++;
    }
    expect(wrong).toBe(0);
    // 90,000 copies that are kept are 350 MB.
    expect(memoryUsage.rss() / 2 ** 20 - megabytesBefore).toBeLessThan(150);
    device.destroy();
  },
  120_000,
);

it.runIf(native !== undefined)('refuses a way of handing out that there is not', () => {
  expect(() => native!.hookExternalBuffers('move' as 'copy')).toThrow("neither 'forbid' nor 'copy'");
});
