// Makes the buffers of a network and counts what they take, before the device is asked for any; simulation process.
import { SimulationFaultError } from '../../../common/simulation-protocol/fault.ts';
import { bufferUse } from './gpu-flags.ts';

type Words = Int32Array | Uint32Array;

/** 64 MB. */
const wordsAtOnce = 2 ** 24;

/** Makes buffers for one network; disposing destroys them all. */
export class GpuArrays {
  readonly #device: GPUDevice;
  readonly #buffers: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Words that shaders can reach in one buffer. */
  get mostWords(): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.#device.limits;
    return Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / 4);
  }

  /** @returns a buffer that shaders read and write, with the given words or that many zeros. */
  storage(label: string, content: Words | number): GPUBuffer {
    const words = typeof content === 'number' ? content : content.length;
    const bytes = 4 * Math.max(1, words);
    const most = 4 * this.mostWords;
    if (bytes > most) throw tooLarge(label, bytes, most);
    const use = bufferUse.storage | bufferUse.copySource | bufferUse.copyDestination;
    return this.#make(label, bytes, use, content);
  }

  /** @returns a buffer of what does not change during a shader, 32 bits each, from the given words. */
  uniform(label: string, content: Words | number): GPUBuffer {
    const words = typeof content === 'number' ? content : content.length;
    // A struct of structs is a multiple of 16 bytes.
    return this.#make(label, 16 * Math.ceil(words / 4), bufferUse.uniform | bufferUse.copyDestination, content);
  }

  /** @returns a buffer that this program can read. */
  readable(label: string, bytes: number): GPUBuffer {
    return this.#make(label, bytes, bufferUse.mapRead | bufferUse.copyDestination, bytes / 4);
  }

  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    this.#buffers.length = 0;
  }

  #make(label: string, size: number, usage: number, content: Words | number): GPUBuffer {
    const buffer = this.#device.createBuffer({ label, size, usage });
    this.#buffers.push(buffer);
    if (typeof content !== 'number') this.#fill(buffer, content);
    return buffer;
  }

  /** In pieces, each of which the driver copies before it takes it. */
  #fill(buffer: GPUBuffer, content: Words): void {
    for (let from = 0; from < content.length; from += wordsAtOnce)
      this.#device.queue.writeBuffer(buffer, 4 * from, content.subarray(from, from + wordsAtOnce));
  }
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`;

function tooLarge(label: string, bytes: number, most: number): SimulationFaultError {
  const text = `The ${label} need ${megabytes(bytes)} in one piece, of which the graphics processor gives ${megabytes(most)}. Make the network smaller or let another back end compute it.`;
  return new SimulationFaultError({ code: 'network-too-large', text });
}
