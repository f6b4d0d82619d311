// The events that the activity watch must find, each in a simulated recording of its own, with known onset and difficulty.
import { SeededRandom } from '../../../main/virtual-rig/seeded-random.ts';
import { between, channels, type Happening, inSamples, sampleRateHz, wholeChunks } from './happenings.ts';
import type { Preparation } from './preparations.ts';
import { SimulatedTissue } from './simulated-tissue.ts';

export const difficulties = ['plain', 'moderate', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];
export const eventKinds = ['seizure', 'after-discharge', 'runaway', 'artefact read as spikes'] as const;
export type EventKind = (typeof eventKinds)[number];

export interface SimulatedEvent {
  readonly tissue: SimulatedTissue;
  /** Sample of the first discharge, of the last pulse of the train, of the first pulse, or from which bursts come three times as often. */
  readonly onset: number;
  /** Sample from which 30 % of the channels take part. */
  readonly widespread: number;
  readonly until: number;
}

type Range = readonly [number, number];

/** Rise of amplitude in a discharge, against that of the noise. */
const dischargeGain: Record<Difficulty, Range> = { plain: [2, 5], moderate: [0.8, 2], hard: [0.35, 0.8] };
/** Channels that are recruited in the end. */
const recruitedShare: Record<Difficulty, Range> = { plain: [0.7, 1], moderate: [0.5, 1], hard: [0.35, 0.8] };
/** Rate of bursts against the baseline. */
const burstFactor: Record<Difficulty, Range> = { plain: [8, 10], moderate: [5, 8], hard: [3.5, 5] };
/** Channels on which an artefact is read as a spike. */
const artefactShare: Record<Difficulty, Range> = { plain: [0.8, 1], moderate: [0.5, 0.8], hard: [0.35, 0.5] };

interface Course {
  readonly seconds: number;
  /** Time in which the amplitude grows from `firstShare` of its largest. */
  readonly growthSeconds: number;
  readonly firstShare: number;
  /** Time that activity needs from one channel to the next. */
  readonly spreadSeconds: number;
}

/** Rhythmic discharges at 3 to 15 Hz, each a third of its period long, that spread over the channels from a focus. */
function discharges(
  random: SeededRandom,
  cause: 'seizure' | 'after-discharge',
  difficulty: Difficulty,
  from: number,
  { seconds, growthSeconds, firstShare, spreadSeconds }: Course,
): Happening {
  const rhythmHz = between(random, 3, 15);
  const largest = between(random, ...dischargeGain[difficulty]);
  const recruited = between(random, ...recruitedShare[difficulty]) * channels;
  const focus = Math.floor(random.uniform() * channels);
  const own = Float64Array.from({ length: channels }, () => between(random, 0.7, 1.3));
  return {
    cause,
    from,
    until: from + inSamples(seconds),
    spikesHz: 50,
    gain: (sample, channel) => {
      const place = (channel - focus + channels) % channels;
      const since = (sample - from) / sampleRateHz;
      const taking = Math.min(1, (since - place * spreadSeconds) / 0.2);
      if (place >= recruited || taking <= 0) return 0;
      const growth = Math.min(1, firstShare + ((1 - firstShare) * since) / growthSeconds);
      return own[channel]! * largest * growth * taking * ((since * rhythmHz) % 1 < 0.35 ? 1 : 0.15);
    },
  };
}

function seizure(tissue: SimulatedTissue, random: SeededRandom, difficulty: Difficulty, onset: number): SimulatedEvent {
  const course: Course = {
    seconds: Math.min(60, 5 * Math.exp(1.2 * random.exponential())),
    growthSeconds: between(random, 0.2, 3),
    firstShare: 0.4,
    spreadSeconds: between(random, 0.02, 0.15),
  };
  const event = discharges(random, 'seizure', difficulty, onset, course);
  tissue.add(event);
  const widespread = onset + inSamples(Math.ceil(0.3 * channels - 1) * course.spreadSeconds);
  return { tissue, onset, widespread, until: event.until + inSamples(5) };
}

function afterDischarge(
  tissue: SimulatedTissue,
  random: SeededRandom,
  difficulty: Difficulty,
  from: number,
): SimulatedEvent {
  const onset = tissue.stimulate(from);
  const course: Course = { seconds: between(random, 2, 12), growthSeconds: 0.2, firstShare: 0.8, spreadSeconds: 0 };
  const event = discharges(random, 'after-discharge', difficulty, onset - inSamples(0.1), course);
  tissue.add(event);
  return { tissue, onset, widespread: onset, until: event.until + inSamples(3) };
}

/** The rate of bursts grows within 5 to 40 s and stays for three minutes. */
function runaway(tissue: SimulatedTissue, random: SeededRandom, difficulty: Difficulty, quiet: number): SimulatedEvent {
  const factor = between(random, ...burstFactor[difficulty]);
  // Tissue bursts at most about once a second; a faster one would burst without a pause.
  tissue.burstRateHz = between(random, 0.1, 1 / factor);
  const from = quiet + inSamples(180);
  const growth = inSamples(between(random, 5, 40));
  tissue.burstRateFactor = (sample) => 1 + (factor - 1) * Math.min(1, Math.max(0, (sample - from) / growth));
  const onset = from + Math.round((2 / (factor - 1)) * growth);
  return { tissue, onset, widespread: onset, until: from + growth + inSamples(180) };
}

/** Sixty pulses at 5 Hz. */
function artefact(
  tissue: SimulatedTissue,
  random: SeededRandom,
  difficulty: Difficulty,
  onset: number,
): SimulatedEvent {
  tissue.artefactShare = between(random, ...artefactShare[difficulty]);
  tissue.addPulses(Array.from({ length: 60 }, (_, pulse) => onset + inSamples(0.2 * pulse)));
  return { tissue, onset, widespread: onset, until: onset + inSamples(15) };
}

const simulate = { seizure, 'after-discharge': afterDischarge, runaway, 'artefact read as spikes': artefact };

/** Begins with two to three minutes of quiet activity. */
export function simulateEvent(
  kind: EventKind,
  difficulty: Difficulty,
  preparation: Preparation,
  seed: number,
): SimulatedEvent {
  const random = new SeededRandom(seed, 5);
  const tissue = new SimulatedTissue(preparation, seed, false);
  return simulate[kind](tissue, random, difficulty, wholeChunks(inSamples(between(random, 120, 180))));
}
