// Runs a small shader again and again, compares every result and measures; the self test of a graphics processor.
import { DeviceWatch } from './device-watch.ts';
import { GpuArrays } from './gpu-arrays.ts';
import { mapForReading } from './gpu-flags.ts';
import { GpuShader } from './gpu-shader.ts';

const words = 1024;
const warmUpTicks = 20;
const timedTicks = 200;

/** Each tick adds to each word its number plus one. */
const code = `
override workgroupSize: u32 = 64u;
@group(0) @binding(0) var<storage, read_write> numbers: array<u32>;
@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  numbers[id.x] += id.x + 1u;
}
`;

export interface TickTimes {
  readonly medianMilliseconds: number;
  /** 99 % of the ticks were faster. */
  readonly p99Milliseconds: number;
}

/** @throws Error for a result that is wrong or does not come. */
export async function tryGpu(device: GPUDevice): Promise<TickTimes> {
  const watch = new DeviceWatch(device, 2000);
  const arrays = new GpuArrays(device);
  const numbers = arrays.storage('numbers', words);
  const result = arrays.readable('result', 4 * words);
  const source = { label: 'self test', code, entry: 'main', constants: {}, moment: undefined };
  const shader = await GpuShader.compile(device, { ...source, bindings: ['storage'] });
  const pass = shader.on([numbers], [words / 64, 1]);
  const times: number[] = [];
  for (let tick = 1; tick <= warmUpTicks + timedTicks; tick++) {
    const start = performance.now();
    const encoder = device.createCommandEncoder();
    const compute = encoder.beginComputePass();
    compute.setPipeline(pass.pipeline);
    compute.setBindGroup(0, pass.group);
    compute.dispatchWorkgroups(pass.workgroupsX);
    compute.end();
    encoder.copyBufferToBuffer(numbers, 0, result, 0, 4 * words);
    device.queue.submit([encoder.finish()]);
    const read = await watch.answer(result.mapAsync(mapForReading), () => new Uint32Array(result.getMappedRange()));
    const isRight = read.length === words && read.every((value, index) => value === (index + 1) * tick);
    result.unmap();
    if (!isRight) throw new Error(`the result of tick ${tick} is wrong`);
    if (tick > warmUpTicks) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(part * (times.length - 1))]!;
  arrays.dispose();
  watch.dispose();
  return { medianMilliseconds: at(0.5), p99Milliseconds: at(0.99) };
}
