// The back end on a graphics processor: the reference's network in WebGPU, one submission and one reading per tick; simulation process.
import { potentialsSampled, synapsesSampledMax } from '../../../common/simulation-protocol/sample-message.ts';
import type { SynapsePlaces } from '../../inspection/synapse-places.ts';
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import { mix } from '../../network/random.ts';
import { SpikeList } from '../../spike-list.ts';
import type { Backend } from '../backend.ts';
import { checkChannels } from '../check-channels.ts';
import { checkSignals, quietSignals } from '../check-signals.ts';
import { arrayName, type NetworkState } from '../network-state.ts';
import { meanMillivoltsOf, plasticWeightsOf } from '../plastic-weights.ts';
import { DeviceWatch } from './device-watch.ts';
import { DrivenNeurons } from './driven-neurons.ts';
import { GpuArrays } from './gpu-arrays.ts';
import { Gather } from './gather.ts';
import { mapForReading } from './gpu-flags.ts';
import { makeBuffers, type NetworkBuffers } from './network-buffers.ts';
import { layOut, type NetworkLayout } from './network-layout.ts';
import { type NetworkPasses, PassBuilder } from './network-passes.ts';
import { readWords } from './read-words.ts';
import { listRings, ringsOf } from './rings.ts';
import { placesOf } from './state-places.ts';
import { TickRecord } from './tick-record.ts';
import { withErrorScopes } from './with-error-scopes.ts';

export interface WebgpuOptions {
  /** Invocations that run together. */
  readonly workgroupSize?: number;
  /** A device that says nothing for this long has failed. */
  readonly answerWithinMilliseconds?: number;
}

/** Words that are looked at at once. */
const lookMax = Math.max(potentialsSampled, synapsesSampledMax);
/** Bytes between moments: what the least device can address. */
const momentBytes = 256;

export class WebgpuBackend implements Backend {
  readonly name = 'webgpu';
  readonly #device: GPUDevice;
  readonly #watch: DeviceWatch;
  readonly #network: CompiledNetwork;
  readonly #layout: NetworkLayout;
  readonly #record: TickRecord;
  readonly #arrays: GpuArrays;
  readonly #buffers: NetworkBuffers;
  readonly #passes: NetworkPasses;
  readonly #gather: Gather;
  readonly #moments: GPUBuffer;
  /** The moment of each step of a tick. */
  readonly #momentGroups: readonly GPUBindGroup[];
  readonly #momentWords: Uint32Array<ArrayBuffer>;
  readonly #result: GPUBuffer;
  readonly #driven: readonly DrivenNeurons[];
  readonly #signals: Int32Array<ArrayBuffer>;
  readonly #quiet: Int32Array;
  readonly #spikes = new SpikeList();
  /** Sum of all weights of each projection, kept up to date where they learn. */
  readonly #weightSums: number[];
  #step = 0;

  private constructor(
    device: GPUDevice,
    watch: DeviceWatch,
    network: CompiledNetwork,
    layout: NetworkLayout,
    arrays: GpuArrays,
    buffers: NetworkBuffers,
    passes: NetworkPasses,
    gather: Gather,
  ) {
    this.#device = device;
    this.#watch = watch;
    this.#network = network;
    this.#layout = layout;
    this.#record = new TickRecord(network, layout);
    this.#arrays = arrays;
    this.#buffers = buffers;
    this.#passes = passes;
    this.#gather = gather;
    const { stepsPerTick, populations, projections, inputs } = network;
    this.#momentWords = new Uint32Array((stepsPerTick * momentBytes) / 4);
    this.#moments = arrays.uniform('moments', this.#momentWords.length);
    this.#momentGroups = Array.from({ length: stepsPerTick }, (_, step) => {
      const resource = { buffer: this.#moments, offset: step * momentBytes, size: momentBytes };
      return device.createBindGroup({ layout: passes.moment, entries: [{ binding: 0, resource }] });
    });
    this.#result = arrays.readable('result of a tick', 4 * this.#record.words);
    this.#driven = inputs.map((input) => new DrivenNeurons(input, populations[input.to]!.model.neurons));
    this.#signals = new Int32Array(network.signalWords);
    this.#quiet = quietSignals(network);
    this.#weightSums = projections.map(({ weights }) => sumOf(weights));
  }

  /**
   * @param device becomes the back end's own, which destroys it when disposed
   * @throws SimulationFaultError 'network-too-large', 'gpu-…'.
   */
  static async open(
    device: GPUDevice,
    network: CompiledNetwork,
    { workgroupSize = 64, answerWithinMilliseconds = 2000 }: WebgpuOptions = {},
  ): Promise<WebgpuBackend> {
    const watch = new DeviceWatch(device, answerWithinMilliseconds);
    const arrays = new GpuArrays(device);
    const layout = layOut(network);
    const counterWords = new TickRecord(network, layout).counterWords;
    try {
      return await withErrorScopes(device, async () => {
        const buffers = makeBuffers(arrays, network, layout, counterWords);
        const passes = await new PassBuilder(device, arrays, network, layout, buffers, workgroupSize).build();
        const gather = await Gather.make(device, watch, arrays, lookMax);
        return new WebgpuBackend(device, watch, network, layout, arrays, buffers, passes, gather);
      });
    } catch (error) {
      arrays.dispose();
      watch.dispose();
      throw error;
    }
  }

  /** One tick is in flight at a time. */
  async step(channels: Uint16Array, count: number, signals: Int32Array = this.#quiet): Promise<Uint32Array> {
    const { stepsPerTick } = this.#network;
    const firstStep = this.#step;
    this.#drive(channels, count);
    this.#writeSignals(signals);
    this.#writeMoments();
    this.#device.queue.submit([this.#encode()]);
    this.#step += stepsPerTick;
    await this.#watch.answer(this.#result.mapAsync(mapForReading));
    // Not undone when it throws: Dawn ends the process when a buffer is unmapped whose range could not be had.
    const record = new Uint32Array(this.#result.getMappedRange());
    this.#spikes.clear();
    this.#record.listSpikes(record, this.#spikes);
    for (const index of this.#weightSums.keys()) this.#weightSums[index]! += this.#record.weightChange(record, index);
    try {
      this.#record.checkSaturation(record, firstStep);
    } finally {
      this.#result.unmap();
    }
    return this.#spikes.view();
  }

  meanPlasticWeightMillivolts(): number {
    return meanMillivoltsOf(this.#network, (projection) => this.#weightSums[projection]!);
  }

  async plasticWeights(): Promise<Float32Array> {
    const weights = new Map<number, Int32Array>();
    for (const [index, { rule, targets }] of this.#network.projections.entries())
      if (rule !== undefined)
        weights.set(index, await this.#read(this.#buffers.projections[index]!.weights, targets.length));
    return plasticWeightsOf(this.#network, (projection) => weights.get(projection)!);
  }

  readState(population: number, variable: number, neurons: Uint32Array, values: Int32Array): Promise<void> {
    const { model } = this.#network.populations[population]!;
    const start = this.#layout.populations[population]!.statesStart + variable * model.neurons;
    return this.#gather.read(
      this.#buffers.states,
      neurons.map((neuron) => start + neuron),
      values,
    );
  }

  readSynapses(projection: number, variable: number, { synapses }: SynapsePlaces, values: Int32Array): Promise<void> {
    const start = (variable + 1) * this.#network.projections[projection]!.targets.length;
    return this.#gather.read(
      this.#buffers.projections[projection]!.weights,
      synapses.map((synapse) => start + synapse),
      values,
    );
  }

  async state(): Promise<NetworkState> {
    const arrays: Record<string, Int32Array> = {};
    const read = new Map<GPUBuffer, Int32Array>();
    for (const { name, buffer, start, length } of placesOf(this.#network, this.#layout, this.#buffers)) {
      if (!read.has(buffer)) read.set(buffer, await this.#read(buffer, buffer.size / 4));
      arrays[name] = read.get(buffer)!.slice(start, start + length);
    }
    const { slots, slotWords, shareWords } = this.#layout;
    const rings = {
      spikes: await this.#read(this.#buffers.spikes, slots * slotWords),
      shares: await this.#read(this.#buffers.shares, slots * shareWords),
    };
    return { step: this.#step, arrays: { ...arrays, ...listRings(this.#network, this.#layout, this.#step, rings) } };
  }

  restore(state: NetworkState): void {
    const places = placesOf(this.#network, this.#layout, this.#buffers);
    for (const { name, length } of places) {
      if (state.arrays[name]?.length !== length) throw new RangeError(`the state has no ${name} of ${length}`);
    }
    const { spikes, shares } = ringsOf(this.#network, this.#layout, state);
    const { queue } = this.#device;
    for (const { name, buffer, start } of places) queue.writeBuffer(buffer, 4 * start, state.arrays[name]!.slice());
    queue.writeBuffer(this.#buffers.spikes, 0, spikes.slice());
    queue.writeBuffer(this.#buffers.shares, 0, shares.slice());
    for (const [index, { rule }] of this.#network.projections.entries())
      if (rule !== undefined) this.#weightSums[index] = sumOf(state.arrays[arrayName('projection', index, 'weights')]!);
    this.#step = state.step;
  }

  dispose(): void {
    this.#arrays.dispose();
    this.#watch.dispose();
  }

  #read(buffer: GPUBuffer, words: number): Promise<Int32Array> {
    return readWords(this.#device, this.#watch, buffer, words);
  }

  #drive(channels: Uint16Array, count: number): void {
    checkChannels(channels, count, this.#network.channels);
    for (const [index, driven] of this.#driven.entries()) {
      driven.clear();
      for (let spike = 0; spike < count; spike++) driven.add(channels[spike]!);
      if (count === 0) continue;
      this.#device.queue.writeBuffer(this.#passes.inputs[index]!.entries, 0, driven.entries, 0, driven.words);
    }
  }

  #writeSignals(signals: Int32Array): void {
    checkSignals(signals, this.#network);
    if (signals.length === 0) return;
    this.#signals.set(signals);
    this.#device.queue.writeBuffer(this.#buffers.tables, 4 * this.#layout.signalsStart, this.#signals);
  }

  #writeMoments(): void {
    const { slotWords, slots, shareWords, tickCounters, stepCounters } = this.#layout;
    for (let index = 0; index < this.#network.stepsPerTick; index++) {
      const step = this.#step + index;
      const at = (index * momentBytes) / 4;
      this.#momentWords[at] = step;
      this.#momentWords[at + 1] = mix(mix(step) + Math.floor(step / 0x1_0000_0000));
      this.#momentWords[at + 2] = tickCounters + index * stepCounters;
      this.#momentWords[at + 3] = slotWords;
      this.#momentWords[at + 4] = slots - 1;
      this.#momentWords[at + 5] = shareWords;
    }
    this.#device.queue.writeBuffer(this.#moments, 0, this.#momentWords);
  }

  #encode(): GPUCommandBuffer {
    const { inputs, step } = this.#passes;
    const encoder = this.#device.createCommandEncoder();
    encoder.clearBuffer(this.#buffers.counters);
    const compute = encoder.beginComputePass();
    for (const [index, { pass }] of inputs.entries()) {
      if (this.#driven[index]!.words === 1) continue;
      compute.setPipeline(pass.pipeline);
      compute.setBindGroup(0, pass.group);
      compute.dispatchWorkgroups(pass.workgroupsX);
    }
    for (const moment of this.#momentGroups) {
      compute.setBindGroup(0, moment);
      for (const { pipeline, group, workgroupsX, workgroupsY } of step) {
        compute.setPipeline(pipeline);
        compute.setBindGroup(1, group);
        compute.dispatchWorkgroups(workgroupsX, workgroupsY);
      }
    }
    compute.end();
    this.#copyResult(encoder);
    return encoder.finish();
  }

  /** The slots of a tick lie one after the other, but where the ring ends. */
  #copyResult(encoder: GPUCommandEncoder): void {
    const { spikes, counters } = this.#buffers;
    const { slotWords, slots } = this.#layout;
    const { stepsPerTick } = this.#network;
    const counterBytes = 4 * this.#record.counterWords;
    encoder.copyBufferToBuffer(counters, 0, this.#result, 0, counterBytes);
    const first = this.#step % slots;
    const before = Math.min(stepsPerTick, slots - first);
    const slotBytes = 4 * slotWords;
    encoder.copyBufferToBuffer(spikes, first * slotBytes, this.#result, counterBytes, before * slotBytes);
    if (before === stepsPerTick) return;
    const rest = (stepsPerTick - before) * slotBytes;
    encoder.copyBufferToBuffer(spikes, 0, this.#result, counterBytes + before * slotBytes, rest);
  }
}

function sumOf(weights: Int32Array): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}
