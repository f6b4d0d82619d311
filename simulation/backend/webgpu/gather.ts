// Reads a few words that lie anywhere in a buffer, outside of ticks; simulation process.
import type { DeviceWatch } from './device-watch.ts';
import type { GpuArrays } from './gpu-arrays.ts';
import { GpuShader } from './gpu-shader.ts';
import { readWords } from './read-words.ts';

const workgroupSize = 64;

const code = `@group(0) @binding(0) var<storage, read_write> words: array<i32>;
@group(0) @binding(1) var<storage, read_write> places: array<u32>;
@group(0) @binding(2) var<storage, read_write> gathered: array<i32>;

// The first of the places says how many there are.
@compute @workgroup_size(${workgroupSize})
fn gather(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < places[0]) {
    gathered[id.x] = words[places[id.x + 1u]];
  }
}
`;

export class Gather {
  readonly #device: GPUDevice;
  readonly #watch: DeviceWatch;
  readonly #shader: GpuShader;
  readonly #places: GPUBuffer;
  readonly #gathered: GPUBuffer;

  private constructor(device: GPUDevice, watch: DeviceWatch, shader: GpuShader, arrays: GpuArrays, most: number) {
    this.#device = device;
    this.#watch = watch;
    this.#shader = shader;
    this.#places = arrays.storage('places to look at', most + 1);
    this.#gathered = arrays.storage('words that are looked at', most);
  }

  /** @param most words that are read at once. @throws SimulationFaultError 'gpu-kernel-refused'. */
  static async make(device: GPUDevice, watch: DeviceWatch, arrays: GpuArrays, most: number): Promise<Gather> {
    const bindings = ['storage', 'storage', 'storage'] as const;
    const source = { label: 'gather', code, entry: 'gather', constants: {}, bindings, moment: undefined };
    return new Gather(device, watch, await GpuShader.compile(device, source), arrays, most);
  }

  /** @param places indices of words in the buffer. @param into takes one for each. @throws SimulationFaultError 'gpu-…'. */
  async read(words: GPUBuffer, places: Uint32Array, into: Int32Array): Promise<void> {
    if (places.length === 0) return;
    this.#device.queue.writeBuffer(this.#places, 0, Uint32Array.of(places.length, ...places));
    const workgroups = Math.ceil(places.length / workgroupSize);
    const { pipeline, group } = this.#shader.on([words, this.#places, this.#gathered], [workgroups, 1]);
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(workgroups);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
    into.set(await readWords(this.#device, this.#watch, this.#gathered, places.length));
  }
}
