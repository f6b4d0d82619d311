// What can go on in simulated tissue and around it: bursts, spindles, movements, hum, a loose electrode, trains of pulses.
import type { SeededRandom } from '../../../main/virtual-rig/seeded-random.ts';

export const channels = 16;
/** One step is then about as long as one phase of a spike, as in the band from 300 to 6000 Hz. */
export const sampleRateHz = 4000;
/** Gains and firing rates are constant within so many samples. */
export const chunkSamples = 20;
/** From each pulse on. */
export const blankingSamples = 20;

export const inSamples = (seconds: number) => Math.round(seconds * sampleRateHz);
/** Pulses begin with a chunk, so that their artefact begins with their blanking. */
export const wholeChunks = (sample: number) => chunkSamples * Math.round(sample / chunkSamples);
export const between = (random: SeededRandom, low: number, high: number) => low + (high - low) * random.uniform();

export type Cause =
  | 'burst'
  | 'cluster of bursts'
  | 'spindle'
  | 'movement'
  | 'hum'
  | 'loose electrode'
  | 'train'
  | 'seizure'
  | 'after-discharge';

/** Raises the signal for a while: the samples [from, until). */
export interface Happening {
  readonly cause: Cause;
  readonly from: number;
  readonly until: number;
  /** Rise of the noise's amplitude, relative to its own. */
  gain(sample: number, channel: number): number;
  /** Detected spikes in a second for a gain of 1. */
  readonly spikesHz: number;
}

/** A neighbourhood of channels, each with an amplitude of its own. */
function amplitudes(random: SeededRandom, share: number, low: number, high: number): Float64Array {
  const first = Math.floor(random.uniform() * channels);
  return Float64Array.from({ length: channels }, (_, channel) =>
    (channel - first + channels) % channels < share * channels ? between(random, low, high) : 0,
  );
}

/** A network burst: rises at once, decays over about 0.3 s, 1.2 s at most. */
export function networkBurst(random: SeededRandom, from: number, cause: Cause): Happening {
  const length = inSamples(Math.min(1.2, 0.3 * Math.exp(0.4 * random.normal())));
  const largest = amplitudes(random, between(random, 0.5, 1), 0.3, 1.5);
  const gain = (sample: number, channel: number) => largest[channel]! * Math.exp((-2 * (sample - from)) / length);
  return { cause, from, until: from + length, spikesHz: 120, gain };
}

/** Four to seven bursts in quick succession (superbursts, Wagenaar et al. 2006). */
export function burstCluster(random: SeededRandom, from: number): Happening[] {
  const bursts: Happening[] = [];
  for (let left = 4 + Math.floor(4 * random.uniform()), at = from; left > 0; left--) {
    const burst = networkBurst(random, at, 'cluster of bursts');
    bursts.push(burst);
    at = burst.until + inSamples(between(random, 0.3, 0.8));
  }
  return bursts;
}

/** Waxes and wanes within 1.5 s; the strongest are as strong as a weak seizure. */
export function spindle(random: SeededRandom, from: number): Happening {
  const length = inSamples(between(random, 0.5, 1.5));
  const largest = amplitudes(random, between(random, 0.4, 1), 0.3, 1.2);
  const gain = (sample: number, channel: number) =>
    largest[channel]! * Math.sin((Math.PI * (sample - from)) / length) ** 2;
  return { cause: 'spindle', from, until: from + length, spikesHz: 20, gain };
}

/** Of the animal or the table: on most channels, about 0.4 s, one in 270 longer than 2 s. */
export function movement(random: SeededRandom, from: number): Happening {
  const length = inSamples(0.4 * Math.exp(0.6 * random.normal()));
  const largest = amplitudes(random, between(random, 0.6, 1), 1, 5);
  const gain = (sample: number, channel: number) => largest[channel]! * Math.sin((Math.PI * (sample - from)) / length);
  return { cause: 'movement', from, until: from + length, spikesHz: 10, gain };
}

/** Something is switched on in the room: 3 % more signal on the average, on every channel, from one sample to the next. */
export function hum(random: SeededRandom, from: number): Happening {
  const each = amplitudes(random, 1, 0.8, 1.2);
  const strength = 0.03 * random.exponential();
  const until = from + inSamples(between(random, 10, 600));
  return { cause: 'hum', from, until, spikesHz: 0, gain: (_, channel) => strength * each[channel]! };
}

export function looseElectrode(random: SeededRandom, from: number): Happening {
  const loose = Math.floor(random.uniform() * channels);
  const until = from + inSamples(between(random, 0.05, 5));
  return { cause: 'loose electrode', from, until, spikesHz: 5, gain: (_, channel) => (channel === loose ? 10 : 0) };
}

/** Pulses at 10 to 20 Hz for 0.5 to 1 s. */
export function train(random: SeededRandom, from: number): number[] {
  const rateHz = between(random, 10, 20);
  const count = Math.floor(between(random, 0.5, 1) * rateHz);
  return Array.from({ length: count }, (_, index) => wholeChunks(from + inSamples(index / rateHz)));
}

/** The tissue's answer to each pulse of a train, from the end of its blanking until 40 ms. */
export function evoked(random: SeededRandom, pulses: readonly number[]): Happening {
  const answerSamples = inSamples(0.04);
  const answer = amplitudes(random, between(random, 0.3, 1), 0.3, 1);
  let index = 0;
  return {
    cause: 'train',
    from: pulses[0] ?? 0,
    until: (pulses.at(-1) ?? 0) + answerSamples,
    spikesHz: 60,
    gain: (sample, channel) => {
      while ((pulses[index + 1] ?? Infinity) <= sample) index++;
      return sample - pulses[index]! < answerSamples ? answer[channel]! : 0;
    },
  };
}
