// The back end on a graphics processor: the reference's network in WebGPU, one submission and one reading per tick; simulation process.
import { potentialsSampled, synapsesSampledMax } from '../../../common/simulation-protocol/sample-message.ts';
import { assert } from '../../../common/base/assert.ts';
import type { SynapsePlaces } from '../../inspection/synapse-places.ts';
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import { SpikeList } from '../../spike-list.ts';
import type { Backend } from '../backend.ts';
import { checkChannels } from '../check-channels.ts';
import { checkSignals, quietSignals } from '../check-signals.ts';
import type { NetworkState } from '../network-state.ts';
import { meanMillivoltsOf, plasticWeightsOf } from '../plastic-weights.ts';
import { surveyName, WeightSurvey, withSurveys } from '../weight-survey.ts';
import { DeviceWatch } from './device-watch.ts';
import { DrivenNeurons } from './driven-neurons.ts';
import { GpuArrays } from './gpu-arrays.ts';
import { Gather } from './gather.ts';
import { mapForReading } from './gpu-flags.ts';
import { Moments, stepKey } from './moments.ts';
import { makeBuffers, type NetworkBuffers, tickWordsOf } from './network-buffers.ts';
import { layOut, type NetworkLayout } from './network-layout.ts';
import { type NetworkPasses, PassBuilder } from './network-passes.ts';
import { readWords } from './read-words.ts';
import { listRings, ringsOf } from './rings.ts';
import { type Place, placesOf } from './state-places.ts';
import { dispatchesOf, dispatchOf, encode } from './tick-dispatches.ts';
import { phasesOfTick } from './tick-phases.ts';
import { TickRecord } from './tick-record.ts';
import { TickSubmitter } from './tick-submitter.ts';
import { withErrorScopes } from './with-error-scopes.ts';

export interface WebgpuOptions {
  /** Invocations that run together. */
  readonly workgroupSize?: number;
  /** A device that says nothing for this long has failed. */
  readonly answerWithinMilliseconds?: number;
}

/** Words that are looked at at once. */
const lookMax = Math.max(potentialsSampled, synapsesSampledMax);

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
  readonly #moments: Moments;
  readonly #submitter: TickSubmitter;
  readonly #result: GPUBuffer;
  readonly #driven: readonly DrivenNeurons[];
  /** Signals of the tick, keys of its steps, and which weights are summed after it. */
  readonly #signals: Int32Array<ArrayBuffer>;
  readonly #quiet: Int32Array;
  readonly #spikes = new SpikeList();
  /** Projections that learn, with what was summed of their weights. */
  readonly #surveys: readonly { readonly projection: number; readonly survey: WeightSurvey }[];
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
    const phases = phasesOfTick(stepsPerTick, layout.batchSteps, passes.arrive.length > 0);
    this.#moments = new Moments(device, arrays, passes.moment, layout, phases);
    this.#result = arrays.readable('result of a tick', 4 * this.#record.words);
    const dispatches = {
      ofInputs: passes.inputs.map(({ pass }) => dispatchOf(pass, this.#moments.groups[0]!, 1)),
      ofTick: dispatchesOf(phases, passes, this.#moments),
    };
    this.#submitter = new TickSubmitter(device, network, layout, buffers, dispatches, this.#result);
    this.#driven = inputs.map((input) => new DrivenNeurons(input, populations[input.to]!.model.neurons));
    this.#signals = new Int32Array(tickWordsOf(network));
    this.#quiet = quietSignals(network);
    this.#surveys = [...projections.entries()].flatMap(([projection, model]) =>
      model.rule === undefined ? [] : [{ projection, survey: new WeightSurvey(model) }],
    );
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
  step(channels: Uint16Array, count: number, signals: Int32Array = this.#quiet): Promise<Uint32Array> {
    this.#drive(channels, count);
    this.#writeSignals(signals);
    this.#moments.beginTick(this.#step);
    this.#submitter.submit(this.#step, count > 0);
    this.#step += this.#network.stepsPerTick;
    return this.#watch.answer(this.#result.mapAsync(mapForReading), this.#readRecord);
  }

  /** Not undone when it throws: Dawn ends the process when a buffer is unmapped whose range could not be had. */
  readonly #readRecord = (): Uint32Array => {
    const record = new Uint32Array(this.#result.getMappedRange());
    this.#spikes.clear();
    this.#record.listSpikes(record, this.#spikes);
    for (let at = 0; at < this.#surveys.length; at++) {
      const { projection, survey } = this.#surveys[at]!;
      this.#record.noteSurvey(record, projection, survey, this.#tick() - 1);
    }
    try {
      this.#record.checkSaturation(record, this.#step - this.#network.stepsPerTick);
    } finally {
      this.#result.unmap();
    }
    return this.#spikes.view();
  };

  meanPlasticWeightMillivolts(): number {
    return meanMillivoltsOf(this.#network, (index) =>
      this.#surveys.find(({ projection }) => projection === index)!.survey.total(),
    );
  }

  async plasticWeights(): Promise<Float32Array> {
    const weights = new Map<number, Int32Array>();
    for (const [index, { rule, targets }] of this.#network.projections.entries())
      if (rule !== undefined) weights.set(index, await this.#read(this.#weightsOf(index), targets.length));
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
      this.#weightsOf(projection),
      synapses.map((synapse) => start + synapse),
      values,
    );
  }

  setParameters(population: number, parameters: Int32Array): void {
    const { plans, start } = this.#passes.parameters[population]!;
    this.#device.queue.writeBuffer(plans, 4 * start, parameters.slice());
  }

  async state(): Promise<NetworkState> {
    const arrays: Record<string, Int32Array> = {};
    const read = new Map<GPUBuffer, Int32Array>();
    for (const { name, buffer, start, length } of this.#places(this.#step)) {
      if (!read.has(buffer)) read.set(buffer, await this.#read(buffer, buffer.size / 4));
      arrays[name] = read.get(buffer)!.slice(start, start + length);
    }
    const { slots, slotWords, shareWords } = this.#layout;
    const rings = {
      spikes: await this.#read(this.#buffers.spikes, slots * slotWords),
      shares: await this.#read(this.#buffers.shares, slots * shareWords),
    };
    for (const { projection, survey } of this.#surveys) arrays[surveyName(projection)] = survey.sums.slice();
    return { step: this.#step, arrays: { ...arrays, ...listRings(this.#network, this.#layout, this.#step, rings) } };
  }

  restore(saved: NetworkState): void {
    const state = withSurveys(this.#network, saved);
    const places = this.#places(state.step);
    const sums = this.#surveys.map(({ projection, survey }) => {
      return { name: surveyName(projection), length: survey.sums.length };
    });
    for (const { name, length } of [...places, ...sums]) {
      if (state.arrays[name]?.length !== length) throw new RangeError(`the state has no ${name} of ${length}`);
    }
    const { spikes, shares } = ringsOf(this.#network, this.#layout, state);
    const { queue } = this.#device;
    const encoder = this.#device.createCommandEncoder();
    encoder.clearBuffer(this.#buffers.received);
    queue.submit([encoder.finish()]);
    for (const { name, buffer, start } of places) queue.writeBuffer(buffer, 4 * start, state.arrays[name]!.slice());
    queue.writeBuffer(this.#buffers.spikes, 0, spikes.slice());
    queue.writeBuffer(this.#buffers.shares, 0, shares.slice());
    for (const { projection, survey } of this.#surveys) survey.sums.set(state.arrays[surveyName(projection)]!);
    this.#fillAgain(state.step);
    this.#step = state.step;
  }

  dispose(): void {
    this.#arrays.dispose();
    this.#watch.dispose();
  }

  #read(buffer: GPUBuffer, words: number): Promise<Int32Array> {
    return readWords(this.#device, this.#watch, buffer, words);
  }

  /** All arrays of fixed length before a step. */
  #places(step: number): Place[] {
    return placesOf(this.#network, this.#layout, this.#buffers, step);
  }

  /** @param projection that learns */
  #weightsOf(projection: number): GPUBuffer {
    const synapses = this.#buffers.projections[projection];
    assert(synapses !== undefined, `projection ${projection} does not learn`);
    return synapses.weights;
  }

  /** Number of the next tick. */
  #tick(): number {
    return this.#step / this.#network.stepsPerTick;
  }

  #drive(channels: Uint16Array, count: number): void {
    checkChannels(channels, count, this.#network.channels);
    for (let input = 0; input < this.#driven.length; input++) {
      const driven = this.#driven[input]!;
      driven.clear();
      for (let spike = 0; spike < count; spike++) driven.add(channels[spike]!);
      if (count === 0) continue;
      this.#device.queue.writeBuffer(this.#passes.inputs[input]!.entries, 0, driven.entries, 0, driven.words);
    }
  }

  #writeSignals(signals: Int32Array): void {
    checkSignals(signals, this.#network);
    const { signalWords, stepsPerTick } = this.#network;
    this.#signals.set(signals);
    for (let step = 0; step < stepsPerTick; step++) this.#signals[signalWords + step] = stepKey(this.#step + step);
    for (let at = 0; at < this.#surveys.length; at++)
      this.#signals.set(this.#surveys[at]!.survey.rangeOf(this.#tick()), signalWords + stepsPerTick + 2 * at);
    this.#device.queue.writeBuffer(this.#buffers.tables, 4 * this.#layout.signalsStart, this.#signals);
  }

  /** Puts what was sent before a step, and arrives in it or later, where it will arrive. */
  #fillAgain(step: number): void {
    const steps = this.#layout.longestPutSteps;
    if (steps === 0) return;
    this.#moments.fillAgain(step, steps);
    const encoder = this.#device.createCommandEncoder();
    const compute = encoder.beginComputePass();
    for (const pass of this.#passes.put) encode(compute, dispatchOf(pass, this.#moments.groups.at(-1)!, steps));
    compute.end();
    this.#device.queue.submit([encoder.finish()]);
  }
}
