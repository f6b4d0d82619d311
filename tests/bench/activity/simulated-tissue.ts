// Simulated tissue under 16 electrodes, block by block: noise, spikes, drift and whatever goes on. The same seed gives the same samples.
import { SeededRandom } from '../../../main/virtual-rig/seeded-random.ts';
import {
  between,
  blankingSamples,
  burstCluster,
  channels,
  chunkSamples,
  evoked,
  type Happening,
  hum,
  inSamples,
  looseElectrode,
  movement,
  networkBurst,
  sampleRateHz,
  spindle,
  train,
} from './happenings.ts';
import type { Preparation } from './preparations.ts';

export const blockSamples = 100;
/** Names of this file: an imported name is looked up at each use, which the loops over all samples would feel. */
const [channelCount, chunkLength] = [channels, chunkSamples];
const chunkSeconds = chunkSamples / sampleRateHz;
const noiseMicrovolts = 10;
const spikeMicrovolts = 60;
/** Against the noise, while a pulse is blanked. */
const artefactGain = 50;
const tableLength = 2 ** 20;
const tables = new Map<number, Float32Array>();

/** A long stretch of noise with standard deviation 1 and the given correlation of neighbouring samples. */
function noiseTable(correlation: number): Float32Array {
  const known = tables.get(correlation);
  if (known !== undefined) return known;
  const random = new SeededRandom(9);
  const fresh = Math.sqrt(1 - correlation ** 2);
  const table = new Float32Array(tableLength);
  for (let at = 0, last = 0; at < tableLength; at++) table[at] = last = correlation * last + fresh * random.normal();
  tables.set(correlation, table);
  return table;
}

export class SimulatedTissue {
  /** The newest block: sample-major, blockSamples × channels, µV. */
  readonly bandMicrovolts = new Float32Array(blockSamples * channels);
  readonly spikes = {
    count: 0,
    sampleOffsets: new Uint16Array(2 * blockSamples * channels),
    channels: new Uint16Array(2 * blockSamples * channels),
  };
  /** Samples of the pulses that are delivered in the newest block. */
  readonly pulses: number[] = [];
  /** What goes on, or has ended within the last second. */
  active: Happening[] = [];
  readonly random: SeededRandom;
  /** By itself, Hz. */
  burstRateHz: number;
  /** Against its own rate. */
  burstRateFactor: (sample: number) => number = () => 1;
  /** Share of the channels on which what blanking leaves of an artefact is detected as a spike. */
  artefactShare = 0;
  readonly #preparation: Preparation;
  readonly #table: Float32Array;
  readonly #places = new Int32Array(channels);
  readonly #microvolts: Float64Array;
  readonly #driftPerHour: Float64Array;
  readonly #spikesHz: Float64Array;
  readonly #ownModulation = new Float64Array(channels);
  readonly #gain = new Float64Array(channels);
  readonly #rateHz = new Float64Array(channels);
  #commonModulation = 0;
  #coming: Happening[] = [];
  #comingPulses: number[] = [];
  #nextBurst: number;
  #nextTrain: number;
  #blankedUntil = 0;

  /** @param isStimulated whether it is given a train of pulses every one to three minutes. */
  constructor(preparation: Preparation, seed: number, isStimulated: boolean) {
    const random = new SeededRandom(seed, 77);
    const each = (value: () => number) => Float64Array.from({ length: channels }, value);
    this.random = random;
    this.#preparation = preparation;
    this.#table = noiseTable(preparation.noiseCorrelation);
    this.burstRateHz = preparation.burstRateHz === undefined ? 0 : between(random, ...preparation.burstRateHz);
    this.#microvolts = each(() => noiseMicrovolts * between(random, 0.7, 1.3));
    this.#spikesHz = each(() => Math.min(40, preparation.spikesHz * Math.exp(0.8 * random.normal())));
    this.#driftPerHour = each(() => between(random, -0.15, 0.15));
    this.#nextBurst = this.burstRateHz > 0 ? this.#burstInterval(0) : Infinity;
    this.#nextTrain = isStimulated ? inSamples(between(random, 150, 300)) : Infinity;
  }

  add(...happenings: Happening[]): void {
    this.#coming.push(...happenings);
  }

  addPulses(samples: readonly number[]): void {
    this.#comingPulses = [...this.#comingPulses, ...samples].sort((a, b) => a - b);
  }

  /** A train of pulses, of which one in five sets off a network burst. @returns sample of the last pulse. */
  stimulate(from: number): number {
    const pulses = train(this.random, from);
    const last = pulses.at(-1) ?? from;
    this.addPulses(pulses);
    this.add(evoked(this.random, pulses));
    if (this.random.uniform() < 0.2) this.add(networkBurst(this.random, last, 'train'));
    return last;
  }

  /** Simulates the next block. @param firstSample a multiple of `blockSamples`. */
  advance(firstSample: number): void {
    this.spikes.count = 0;
    this.pulses.length = 0;
    if (firstSample % sampleRateHz === 0) this.#beginSecond(firstSample);
    const end = firstSample + blockSamples;
    for (let next = this.#comingPulses[0]; next !== undefined && next < end; next = this.#comingPulses[0]) {
      this.pulses.push(next);
      this.#comingPulses.shift();
    }
    for (let offset = 0; offset < blockSamples; offset += chunkLength) {
      this.#noteBlanking(firstSample + offset, offset);
      this.#simulateChunk(firstSample + offset, offset);
    }
  }

  /** A pulse begins to be blanked with this chunk, or the artefact of the one before shows now. */
  #noteBlanking(sample: number, offset: number): void {
    if (sample === this.#blankedUntil) {
      for (let channel = 0; channel < this.artefactShare * channels; channel++) this.#detect(offset, channel);
    }
    if (this.pulses.includes(sample)) this.#blankedUntil = sample + blankingSamples;
  }

  #beginSecond(sample: number): void {
    const { random } = this;
    const { commonModulation, ownModulation, perHour } = this.#preparation;
    const end = sample + sampleRateHz;
    // Both follow themselves from second to second with a correlation of one half.
    const fresh = Math.sqrt(0.75);
    this.#commonModulation = this.#commonModulation / 2 + fresh * commonModulation * random.normal();
    for (let channel = 0; channel < channels; channel++) {
      this.#places[channel] = Math.floor(random.uniform() * (tableLength - sampleRateHz));
      this.#ownModulation[channel] = this.#ownModulation[channel]! / 2 + fresh * ownModulation * random.normal();
    }
    const now = () => sample + Math.floor(random.uniform() * sampleRateHz);
    const happens = (timesPerHour: number) => random.uniform() < timesPerHour / 3600;
    if (happens(perHour.movements)) this.add(movement(random, now()));
    if (happens(perHour.spindles)) this.add(spindle(random, now()));
    if (happens(perHour.hums)) this.add(hum(random, now()));
    if (happens(perHour.looseElectrodes)) this.add(looseElectrode(random, now()));
    if (happens(perHour.burstClusters)) this.add(...burstCluster(random, now()));
    while (this.#nextBurst < end) {
      const burst = networkBurst(random, this.#nextBurst, 'burst');
      this.add(burst);
      this.#nextBurst = burst.until + this.#burstInterval(burst.from);
    }
    if (this.#nextTrain < end) {
      this.stimulate(this.#nextTrain);
      this.#nextTrain += inSamples(between(random, 60, 180));
    }
    const lasting = this.active.filter(({ until }) => until > sample - sampleRateHz);
    this.active = [...lasting, ...this.#coming.filter(({ from }) => from < end)];
    this.#coming = this.#coming.filter(({ from }) => from >= end);
  }

  /** A pause after a burst, then a time that varies less than that of a Poisson process (Gamma, shape 2). */
  #burstInterval(sample: number): number {
    const meanBurstSeconds = 0.35;
    const meanSeconds = 1 / (this.burstRateHz * this.burstRateFactor(sample));
    const pauseSeconds = Math.min(0.7, 0.4 * meanSeconds);
    const gamma = (this.random.exponential() + this.random.exponential()) / 2;
    return inSamples(pauseSeconds + Math.max(0, meanSeconds - pauseSeconds - meanBurstSeconds) * gamma);
  }

  #simulateChunk(sample: number, offset: number): void {
    const { random, bandMicrovolts: band } = this;
    const gain = this.#gain;
    const rateHz = this.#rateHz;
    const isBlanked = sample < this.#blankedUntil;
    for (let channel = 0; channel < channelCount; channel++) {
      gain[channel] = 1 + this.#commonModulation + this.#ownModulation[channel]! + (isBlanked ? artefactGain : 0);
      rateHz[channel] = this.#spikesHz[channel]! * (1 + 4 * this.#commonModulation);
    }
    for (const happening of this.active) {
      if (sample < happening.from || sample >= happening.until) continue;
      for (let channel = 0; channel < channelCount; channel++) {
        const more = happening.gain(sample, channel);
        gain[channel]! += more;
        rateHz[channel]! += more * happening.spikesHz;
      }
    }
    const table = this.#table;
    const hours = sample / (3600 * sampleRateHz);
    for (let channel = 0; channel < channelCount; channel++) {
      const microvolts = this.#microvolts[channel]! * (1 + this.#driftPerHour[channel]! * hours) * gain[channel]!;
      let place = this.#places[channel]!;
      for (let at = offset; at < offset + chunkLength; at++)
        band[at * channelCount + channel] = microvolts * table[place++]!;
      this.#places[channel] = place;
      if (isBlanked || random.uniform() >= rateHz[channel]! * chunkSeconds) continue;
      const spikeAt = offset + Math.floor(random.uniform() * chunkLength);
      band[spikeAt * channelCount + channel]! -= spikeMicrovolts;
      this.#detect(spikeAt, channel);
    }
  }

  #detect(offset: number, channel: number): void {
    const { spikes } = this;
    spikes.sampleOffsets[spikes.count] = offset;
    spikes.channels[spikes.count++] = channel;
  }
}
