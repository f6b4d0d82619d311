// Hands a tick to a graphics processor: its dispatches and the copy of what it leaves behind, in one submission; simulation process.
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import type { NetworkBuffers } from './network-buffers.ts';
import type { NetworkLayout } from './network-layout.ts';
import { type Dispatch, encode } from './tick-dispatches.ts';

export interface TickDispatches {
  /** Before the others, where electrodes have spiked. */
  readonly ofInputs: readonly Dispatch[];
  readonly ofTick: readonly Dispatch[];
}

/** Makes nothing for a tick but what WebGPU takes once only: encoder, pass and command buffer. */
export class TickSubmitter {
  readonly #device: GPUDevice;
  readonly #network: CompiledNetwork;
  readonly #layout: NetworkLayout;
  readonly #buffers: NetworkBuffers;
  readonly #dispatches: TickDispatches;
  readonly #result: GPUBuffer;
  readonly #submission: GPUCommandBuffer[] = [];

  /** @param result takes a tick's record: counters, then its slots of spikes */
  constructor(
    device: GPUDevice,
    network: CompiledNetwork,
    layout: NetworkLayout,
    buffers: NetworkBuffers,
    dispatches: TickDispatches,
    result: GPUBuffer,
  ) {
    this.#device = device;
    this.#network = network;
    this.#layout = layout;
    this.#buffers = buffers;
    this.#dispatches = dispatches;
    this.#result = result;
  }

  /** @param step number of the tick's first. @param isDriven whether any electrode has spiked */
  submit(step: number, isDriven: boolean): void {
    const { ofInputs, ofTick } = this.#dispatches;
    const encoder = this.#device.createCommandEncoder();
    encoder.clearBuffer(this.#buffers.counters);
    const compute = encoder.beginComputePass();
    if (isDriven) for (let index = 0; index < ofInputs.length; index++) encode(compute, ofInputs[index]!);
    for (let index = 0; index < ofTick.length; index++) encode(compute, ofTick[index]!);
    compute.end();
    this.#copyResult(encoder, step);
    this.#submission[0] = encoder.finish();
    this.#device.queue.submit(this.#submission);
  }

  /** The slots of a tick lie one after the other, but where the ring ends. */
  #copyResult(encoder: GPUCommandEncoder, step: number): void {
    const { spikes, counters } = this.#buffers;
    const { slotWords, slots, tickCounters, stepCounters } = this.#layout;
    const { stepsPerTick } = this.#network;
    const counterBytes = 4 * (tickCounters + stepsPerTick * stepCounters);
    encoder.copyBufferToBuffer(counters, 0, this.#result, 0, counterBytes);
    const first = step % slots;
    const before = Math.min(stepsPerTick, slots - first);
    const slotBytes = 4 * slotWords;
    encoder.copyBufferToBuffer(spikes, first * slotBytes, this.#result, counterBytes, before * slotBytes);
    if (before === stepsPerTick) return;
    const rest = (stepsPerTick - before) * slotBytes;
    encoder.copyBufferToBuffer(spikes, 0, this.#result, counterBytes + before * slotBytes, rest);
  }
}
