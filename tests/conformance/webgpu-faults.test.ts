// What befalls a graphics processor is a fault of the simulation with its reason, never a crash and never silence.
import { describe, expect, it } from 'vitest';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { DeviceWatch, type WatchedDevice } from '../../simulation/backend/webgpu/device-watch.ts';
import { GpuArrays } from '../../simulation/backend/webgpu/gpu-arrays.ts';
import { GpuShader } from '../../simulation/backend/webgpu/gpu-shader.ts';
import { openGpu } from '../../simulation/backend/webgpu/open-gpu.ts';
import { WebgpuBackend } from '../../simulation/backend/webgpu/webgpu-backend.ts';
import { withErrorScopes } from '../../simulation/backend/webgpu/with-error-scopes.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import { whyNoGpu } from '../support/software-gpu.ts';

const reason = await whyNoGpu();
if (reason !== undefined) console.log(`Faults of a graphics processor are not tested: ${reason}`);

const network = compileNetwork(
  configurationOf({ populations: [{ name: 'all', neurons: 100, model: 'lif', biasMillivolts: 30 }] }),
);
const nothing = new Uint16Array(0);

async function open(): Promise<GPUDevice> {
  const opened = await openGpu();
  if (opened.device === undefined) throw new Error(opened.reason);
  return opened.device;
}

describe.runIf(reason === undefined)('a graphics processor', () => {
  it('that is lost ends the simulation, at once and for good', async () => {
    const device = await open();
    const backend = await WebgpuBackend.open(device, network);
    const reference = new TypescriptBackend(network);
    expect(await backend.step(nothing, 0)).toEqual(reference.step(nothing, 0));
    device.destroy();
    const lost = { code: 'gpu-lost', message: expect.stringContaining('The graphics processor is gone (destroyed)') };
    await expect(backend.step(nothing, 0)).rejects.toMatchObject(lost);
    await expect(backend.step(nothing, 0)).rejects.toMatchObject(lost);
    backend.dispose();
  });

  it('that does not take a shader says which, and where', async () => {
    const device = await open();
    const bad = { label: 'broken', code: '@compute fn main() {\n  let one = ;\n}', entry: 'main' };
    await expect(
      GpuShader.compile(device, { ...bad, constants: {}, bindings: [], moment: undefined }),
    ).rejects.toMatchObject({
      code: 'gpu-kernel-refused',
      message: expect.stringMatching(/shader 'broken': line 2: /),
    });
    device.destroy();
  });

  it('that does not take a workgroup of that size says so', async () => {
    await expect(WebgpuBackend.open(await open(), network, { workgroupSize: 100_000 })).rejects.toMatchObject({
      code: 'gpu-kernel-refused',
    });
  });

  it('is not asked for more memory in one piece than it gives', async () => {
    const device = await open();
    const words = device.limits.maxStorageBufferBindingSize / 4 + 1;
    expect(() => new GpuArrays(device).storage("weights of 'all'", words)).toThrow(
      /^The weights of 'all' need \d+ MB in one piece, of which the graphics processor gives \d+ MB\./,
    );
    device.destroy();
  });

  it('that reports an error while a network is built does not get to its first tick', async () => {
    const device = await open();
    const build = () => {
      device.createBuffer({ size: 4 * device.limits.maxBufferSize, usage: 0x80 });
      return Promise.resolve();
    };
    await expect(withErrorScopes(device, build)).rejects.toMatchObject({ code: 'gpu-failed' });
    device.destroy();
  });

  it('that reports an error between ticks ends the simulation', async () => {
    const device = await open();
    const backend = await WebgpuBackend.open(device, network);
    device.createBuffer({ size: 4, usage: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    await expect(backend.step(nothing, 0)).rejects.toMatchObject({ code: 'gpu-failed' });
    backend.dispose();
  });
});

describe('the watch over a device', () => {
  class Device extends EventTarget {
    readonly lost = new Promise<GPUDeviceLostInfo>((resolve) => (this.lose = resolve));
    lose!: (info: GPUDeviceLostInfo) => void;
    destroy() {
      return undefined;
    }
  }
  const watchOver = (device: Device) => new DeviceWatch(device as unknown as WatchedDevice, 50);
  const read = () => 7;

  it('gives up on an answer that does not come', async () => {
    const watch = watchOver(new Device());
    await expect(watch.answer(new Promise(() => undefined), read)).rejects.toMatchObject({
      code: 'gpu-no-answer',
      message: 'The graphics processor has given no result within 50 ms.',
    });
    await expect(watch.answer(Promise.resolve(), read)).rejects.toMatchObject({ code: 'gpu-no-answer' });
    watch.dispose();
  });

  it('tells memory that ran out from other errors', async () => {
    const device = new Device();
    const watch = watchOver(device);
    class GPUOutOfMemoryError extends Error {}
    device.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: new GPUOutOfMemoryError('no room') }));
    await expect(watch.answer(Promise.resolve(), read)).rejects.toMatchObject({ code: 'gpu-out-of-memory' });
    watch.dispose();
  });

  it('passes an answer on that comes in time', async () => {
    const watch = watchOver(new Device());
    expect(await watch.answer(Promise.resolve(), read)).toBe(7);
    watch.dispose();
  });

  it('passes on what is thrown while an answer is read, and waits for the next', async () => {
    const watch = watchOver(new Device());
    const wrong = () => {
      throw new RangeError('wrong');
    };
    await expect(watch.answer(Promise.resolve(), wrong)).rejects.toThrow(new RangeError('wrong'));
    expect(await watch.answer(Promise.resolve(), read)).toBe(7);
    watch.dispose();
  });

  it('says that an answer failed, and does not read it', async () => {
    const watch = watchOver(new Device());
    await expect(watch.answer(Promise.reject(new Error('unmapped')), read)).rejects.toMatchObject({
      code: 'gpu-failed',
      message: 'The graphics processor gave no result: unmapped',
    });
    watch.dispose();
  });
});
