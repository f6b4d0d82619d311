// Collects what one page shows and sends it at most thirty times a second; a slow page loses messages, never the loop its time. Rig thread.
import type { NetworkPicture } from '../../../common/contract/network-picture.ts';
import type { RigStatus } from '../../../common/contract/rig-status.ts';
import {
  type LiveArrays,
  type LiveHeader,
  streamRateHz,
  traceBinsPerTick,
  type TraceSignal,
  unacknowledgedMax,
} from '../../../common/contract/streams.ts';
import { packSections } from '../../../common/transport/sections.ts';
import { GrowingArray } from './growing-array.ts';
import { TraceBins } from './trace-bins.ts';

/** Of the stream that is shown. */
export interface LiveGeometry {
  channels: number;
  sampleRateHz: number;
  microvoltsPerBit: number;
  samplesPerTick: number;
}

/** Ticks that a message holds at most: half a second of 1 ms ticks. */
const ticksMax = 500;
const eventsMax = 20_000;

/** One page's feed. */
export class LiveFeed {
  readonly #geometry: LiveGeometry;
  readonly #signal: TraceSignal;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #bins: TraceBins;
  readonly #traceMin: GrowingArray<Int16Array>;
  readonly #traceMax: GrowingArray<Int16Array>;
  readonly #spikeSeconds = new GrowingArray(new Float64Array(eventsMax));
  readonly #spikeChannel = new GrowingArray(new Uint16Array(eventsMax));
  readonly #spikeMicrovolts = new GrowingArray(new Float32Array(eventsMax));
  readonly #neuronSeconds = new GrowingArray(new Float64Array(eventsMax));
  readonly #neuron = new GrowingArray(new Uint32Array(eventsMax));
  readonly #tickMilliseconds = new GrowingArray(new Float32Array(ticksMax));
  readonly #tickSeconds = new GrowingArray(new Float64Array(ticksMax));
  readonly #deliverySeconds = new GrowingArray(new Float64Array(ticksMax));
  readonly #deliveryElectrode = new GrowingArray(new Uint16Array(ticksMax));
  readonly #deliveryMicroamps = new GrowingArray(new Float32Array(ticksMax));
  #network: NetworkPicture | undefined;
  #firstBin = -1;
  #frame = 0;
  #acknowledged = 0;
  #dropped = 0;
  #dueNs = -Infinity;

  constructor(geometry: LiveGeometry, signal: TraceSignal, send: (bytes: Uint8Array) => void) {
    this.#geometry = geometry;
    this.#signal = signal;
    this.#send = send;
    this.#bins = new TraceBins(geometry.channels, signal, geometry.microvoltsPerBit);
    const traceCapacity = ticksMax * traceBinsPerTick * geometry.channels;
    this.#traceMin = new GrowingArray(new Int16Array(traceCapacity));
    this.#traceMax = new GrowingArray(new Int16Array(traceCapacity));
  }

  /** Goes on counting where the page's feed before this one was. */
  continueFrom(before: LiveFeed): void {
    this.#frame = before.#frame;
    this.#acknowledged = before.#acknowledged;
    this.#dropped = before.#dropped;
  }

  addBlock(firstSample: number, sampleCount: number, wide: Int16Array, bandMicrovolts: Float32Array): void {
    if (this.#isFull) return;
    const bin = Math.round((firstSample / this.#geometry.samplesPerTick) * traceBinsPerTick);
    const expected = this.#firstBin + this.#traceMin.count / Math.max(1, this.#geometry.channels);
    if (this.#traceMin.count > 0 && bin !== expected) this.#clearTraces();
    if (this.#traceMin.count === 0) this.#firstBin = bin;
    this.#bins.fill(sampleCount, wide, bandMicrovolts);
    this.#traceMin.pushAll(this.#bins.min);
    this.#traceMax.pushAll(this.#bins.max);
  }

  addSpike(sampleIndex: number, channel: number, microvolts: number): void {
    this.#spikeSeconds.push(sampleIndex / this.#geometry.sampleRateHz);
    this.#spikeChannel.push(channel);
    this.#spikeMicrovolts.push(microvolts);
  }

  addNeuronSpike(seconds: number, neuron: number): void {
    this.#neuronSeconds.push(seconds);
    this.#neuron.push(neuron);
  }

  addTick(seconds: number, milliseconds: number): void {
    this.#tickSeconds.push(seconds);
    this.#tickMilliseconds.push(milliseconds);
  }

  addDelivery(sampleIndex: number, electrode: number, microamps: number): void {
    this.#deliverySeconds.push(sampleIndex / this.#geometry.sampleRateHz);
    this.#deliveryElectrode.push(electrode);
    this.#deliveryMicroamps.push(microamps);
  }

  /** Goes with the next message; the newest one wins. */
  setNetwork(picture: NetworkPicture): void {
    this.#network = picture;
  }

  /** The page has drawn message `frame`. */
  acknowledge(frame: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(frame, this.#frame));
  }

  /** Whether a message is due. */
  isDue(nowNs: number): boolean {
    return nowNs >= this.#dueNs;
  }

  /**
   * Sends what was collected. While the page has not drawn the messages before, it goes on collecting; only when half a second
   * is full is that dropped and counted.
   */
  flush(nowNs: number, status: RigStatus, latencyHistogram: Uint32Array): void {
    this.#dueNs = Math.max(this.#dueNs + 1e9 / streamRateHz, nowNs);
    if (this.#frame - this.#acknowledged >= unacknowledgedMax) {
      if (!this.#isFull) return;
      this.#dropped++;
      this.#clear();
      return;
    }
    this.#frame++;
    const { channels, samplesPerTick, sampleRateHz } = this.#geometry;
    const header: LiveHeader = {
      stream: 'live',
      frame: this.#frame,
      status: { ...status, frames: { sent: this.#frame, dropped: this.#dropped } },
      traces: {
        firstBin: this.#firstBin,
        bins: channels === 0 ? 0 : this.#traceMin.count / channels,
        channels,
        binSeconds: sampleRateHz === 0 ? 0 : samplesPerTick / traceBinsPerTick / sampleRateHz,
        microvoltsPerCount: this.#bins.microvoltsPerCount,
        signal: this.#signal,
      },
      ...(this.#network === undefined ? {} : { network: this.#network }),
    };
    const arrays = {
      traceMin: this.#traceMin.filled,
      traceMax: this.#traceMax.filled,
      spikeSeconds: this.#spikeSeconds.filled,
      spikeChannel: this.#spikeChannel.filled,
      spikeMicrovolts: this.#spikeMicrovolts.filled,
      neuronSeconds: this.#neuronSeconds.filled,
      neuron: this.#neuron.filled,
      tickMilliseconds: this.#tickMilliseconds.filled,
      tickSeconds: this.#tickSeconds.filled,
      deliverySeconds: this.#deliverySeconds.filled,
      deliveryElectrode: this.#deliveryElectrode.filled,
      deliveryMicroamps: this.#deliveryMicroamps.filled,
      latencyHistogram,
    } satisfies LiveArrays;
    this.#send(packSections(header, arrays));
    this.#clear();
  }

  /** Whether another block would not fit. */
  get #isFull(): boolean {
    return !this.#traceMin.hasRoomFor(traceBinsPerTick * this.#geometry.channels) || !this.#tickSeconds.hasRoomFor(1);
  }

  #clearTraces(): void {
    this.#traceMin.clear();
    this.#traceMax.clear();
  }

  #clear(): void {
    this.#clearTraces();
    this.#network = undefined;
    for (const events of [
      this.#spikeSeconds,
      this.#spikeChannel,
      this.#spikeMicrovolts,
      this.#neuronSeconds,
      this.#neuron,
      this.#tickMilliseconds,
      this.#tickSeconds,
      this.#deliverySeconds,
      this.#deliveryElectrode,
      this.#deliveryMicroamps,
    ]) {
      events.clear();
    }
  }
}
