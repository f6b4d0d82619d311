// An invented stream of 64 electrodes and 1,000 neurons, seeded, for the stand-alone page of the plots.
import { latencyBin, latencyBins, type LiveArrays, type LiveHeader } from '../../../common/contract/streams.ts';
import type { RigStatus } from '../../../common/contract/rig-status.ts';

const binsPerSecond = 4_000;
const poolSeconds = 10;
const noiseMicrovolts = 11;
const microvoltsPerCount = 0.195;
export const stimulatedElectrode = 17;
export const phases = [
  { name: 'Baseline', seconds: 84, stimulation: false },
  { name: 'Probe', seconds: 60, stimulation: true },
  { name: 'Closed loop · e-prop', seconds: 276, stimulation: true },
  { name: 'Yoked control', seconds: 96, stimulation: false },
  { name: 'Wash-out', seconds: 84, stimulation: false },
];

/** Mulberry32: small, fast, and good enough for a picture. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Spike {
  seconds: number;
  id: number;
  microvolts: number;
}

/** Ten seconds that repeat, made once, so that streaming costs next to nothing. */
export class InventedStream {
  readonly #channels: number;
  readonly #neurons: number;
  readonly #min: Int16Array;
  readonly #max: Int16Array;
  readonly #spikes: Spike[] = [];
  readonly #deliveries: number[] = [];
  readonly #neuronSpikes: Spike[] = [];
  readonly #random = createRandom(42);
  readonly #histogram = new Uint32Array(latencyBins.count);
  #milliseconds = 0;
  #frame = 0;
  #lostUntilMilliseconds = 0;

  constructor(channels: number, neurons: number) {
    this.#channels = channels;
    this.#neurons = neurons;
    this.#min = new Int16Array(poolSeconds * binsPerSecond * channels);
    this.#max = new Int16Array(poolSeconds * binsPerSecond * channels);
    for (let at = 0.137; at < poolSeconds; at += 0.08 + this.#random() * 0.12) this.#deliveries.push(at);
    this.#makeNoise();
    this.#makeSpikes();
    this.#makeNeuronSpikes();
  }

  /** Everything of the next `milliseconds`. */
  next(milliseconds: number): { header: LiveHeader; arrays: LiveArrays } {
    const from = this.#milliseconds;
    const to = from + milliseconds;
    this.#milliseconds = to;
    const within = (seconds: number) => seconds >= from / 1_000 && seconds < to / 1_000;
    const repeats = [Math.floor(from / 1_000 / poolSeconds), Math.floor(to / 1_000 / poolSeconds)];
    const unroll = (all: readonly Spike[]) =>
      [...new Set(repeats)].flatMap((turn) =>
        all.map((one) => ({ ...one, seconds: one.seconds + turn * poolSeconds })).filter((one) => within(one.seconds)),
      );
    const spikes = unroll(this.#spikes);
    const neuronSpikes = unroll(this.#neuronSpikes);
    const deliveries = unroll(this.#deliveries.map((seconds) => ({ seconds, id: stimulatedElectrode, microvolts: 0 })));
    const latencies = Float32Array.from({ length: milliseconds }, () => this.#latency());
    for (const latency of latencies) this.#histogram[latencyBin(latency)]!++;
    return {
      header: this.#header(from, to),
      arrays: {
        ...this.#traces(from, to),
        spikeSeconds: Float64Array.from(spikes, (spike) => spike.seconds),
        spikeChannel: Uint16Array.from(spikes, (spike) => spike.id),
        spikeMicrovolts: Float32Array.from(spikes, (spike) => spike.microvolts),
        neuronSeconds: Float64Array.from(neuronSpikes, (spike) => spike.seconds),
        neuron: Uint32Array.from(neuronSpikes, (spike) => spike.id),
        tickMilliseconds: latencies,
        tickSeconds: Float64Array.from(latencies, (_, tick) => (from + tick + 1) / 1_000),
        deliverySeconds: Float64Array.from(deliveries, (one) => one.seconds),
        deliveryElectrode: Uint16Array.from(deliveries, (one) => one.id),
        deliveryMicroamps: new Float32Array(deliveries.length).fill(2),
        latencyHistogram: this.#histogram.slice(),
      },
    };
  }

  /** From now on nothing comes for this long. */
  loseSamples(milliseconds: number): void {
    this.#lostUntilMilliseconds = this.#milliseconds + milliseconds;
  }

  get thresholdsMicrovolts(): number[] {
    return Array.from({ length: this.#channels }, () => -4.5 * noiseMicrovolts);
  }

  #latency(): number {
    const usual = 0.36 + this.#random() * 0.1 + this.#random() ** 8 * 0.5;
    return this.#random() < 0.0004 ? usual + this.#random() * 7 : usual;
  }

  #header(from: number, to: number): LiveHeader {
    const { first, end } = this.#bins(from, to);
    const exc = Math.round(this.#neurons * 0.8);
    const populations = [
      { name: 'excitatory', firstNeuron: 0, neurons: exc },
      { name: 'inhibitory', firstNeuron: exc, neurons: this.#neurons - exc },
    ];
    // The plots read the populations and nothing else of the status.
    const status = { simulation: { populations } } as unknown as RigStatus;
    return {
      stream: 'live',
      frame: ++this.#frame,
      status,
      traces: {
        firstBin: first,
        bins: end - first,
        channels: this.#channels,
        binSeconds: 1 / binsPerSecond,
        microvoltsPerCount,
        signal: 'band',
      },
    };
  }

  #bins(from: number, to: number): { first: number; end: number } {
    const perMillisecond = binsPerSecond / 1_000;
    const first = Math.max(from, Math.min(this.#lostUntilMilliseconds, to)) * perMillisecond;
    return { first, end: to * perMillisecond };
  }

  #traces(from: number, to: number): { traceMin: Int16Array; traceMax: Int16Array } {
    const { first, end } = this.#bins(from, to);
    const traceMin = new Int16Array((end - first) * this.#channels);
    const traceMax = new Int16Array((end - first) * this.#channels);
    for (let bin = first; bin < end; bin++) {
      const source = (bin % (poolSeconds * binsPerSecond)) * this.#channels;
      const target = (bin - first) * this.#channels;
      traceMin.set(this.#min.subarray(source, source + this.#channels), target);
      traceMax.set(this.#max.subarray(source, source + this.#channels), target);
    }
    return { traceMin, traceMax };
  }

  #makeNoise(): void {
    const gauss = () => this.#random() + this.#random() + this.#random() + this.#random() - 2;
    const sigma = (noiseMicrovolts / microvoltsPerCount) * 1.7;
    for (let place = 0; place < this.#min.length; place++) {
      const middle = gauss() * sigma * 0.7;
      const half = (0.35 + this.#random()) * sigma * 0.55;
      this.#min[place] = middle - half;
      this.#max[place] = middle + half;
    }
  }

  #makeSpikes(): void {
    for (let channel = 0; channel < this.#channels; channel++) {
      const rate = 1 + this.#random() * 7;
      const size = 70 + this.#random() * 90;
      const times: number[] = [];
      for (let at = this.#random(); at < poolSeconds; at += -Math.log(1 - this.#random()) / rate) times.push(at);
      for (const delivery of this.#deliveries)
        if (this.#random() < 0.55 / (1 + Math.abs(channel - stimulatedElectrode) / 12))
          times.push(delivery + 0.003 + this.#random() ** 2 * 0.022);
      for (const seconds of times) {
        const microvolts = -size * (0.8 + this.#random() * 0.4);
        if (seconds < poolSeconds) this.#spikes.push({ seconds, id: channel, microvolts });
        this.#addWaveform(seconds, channel, microvolts);
      }
    }
    this.#spikes.sort((a, b) => a.seconds - b.seconds);
  }

  #addWaveform(seconds: number, channel: number, microvolts: number): void {
    const start = Math.round(seconds * binsPerSecond);
    for (let step = -2; step < 12; step++) {
      const bin = start + step;
      if (bin < 0 || bin >= poolSeconds * binsPerSecond) continue;
      const ms = (step / binsPerSecond) * 1_000;
      const value =
        (microvolts * (Math.exp(-ms * ms * 9) - 0.35 * Math.exp(-1.6 * (ms - 0.9) ** 2))) / microvoltsPerCount;
      const place = bin * this.#channels + channel;
      this.#min[place] = this.#min[place]! + value;
      this.#max[place] = this.#max[place]! + value;
    }
  }

  #makeNeuronSpikes(): void {
    const exc = this.#neurons * 0.8;
    for (let neuron = 0; neuron < this.#neurons; neuron++) {
      const mean = neuron < exc ? 4.5 : 11;
      for (let at = 0; at < poolSeconds; at += 0.001) {
        const wave = 0.25 + Math.max(0, Math.sin(at * 7 * 2 * Math.PI + Math.sin(at * 3))) ** 3 * 2.4;
        if (this.#random() < mean * wave * 0.001) this.#neuronSpikes.push({ seconds: at, id: neuron, microvolts: 0 });
      }
    }
    this.#neuronSpikes.sort((a, b) => a.seconds - b.seconds);
  }
}
