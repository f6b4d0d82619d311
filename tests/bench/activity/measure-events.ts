// Events of every kind: whether the watch finds them, how soon, and what a receiver operating curve needs of them.
import {
  difficulties,
  type Difficulty,
  type EventKind,
  eventKinds,
  simulateEvent,
  type SimulatedEvent,
} from './events.ts';
import { inSamples, sampleRateHz } from './happenings.ts';
import { ObservedTissue } from './observed-tissue.ts';
import { culture, preparations } from './preparations.ts';
import { blockSamples } from './simulated-tissue.ts';

/** Within which a seizure must be found. */
const soonSeconds = 3;

export interface EventResult {
  kind: EventKind;
  difficulty: Difficulty;
  preparation: string;
  /** From the onset until the watch reports something; undefined: it reports nothing. */
  latencySeconds: number | undefined;
  /** The same from when 30 % of the channels took part. */
  latencyOfWidespreadSeconds: number | undefined;
  /** Largest score within three seconds of the onset, of the watch and of its peer. */
  score: number;
  plainScore: number;
}

/** @param each how many of each kind, difficulty and preparation. */
export function measureEvents(each: number): EventResult[] {
  const results: EventResult[] = [];
  for (const [index, kind] of eventKinds.entries()) {
    // Bursts and artefacts are the same everywhere.
    const where = kind === 'seizure' || kind === 'after-discharge' ? preparations : [culture];
    for (const preparation of where) {
      for (const difficulty of difficulties) {
        for (let number = 0; number < each; number++) {
          const seed = 100_000 * (index + 1) + 10_000 * difficulties.indexOf(difficulty) + number;
          const event = simulateEvent(kind, difficulty, preparation, seed);
          results.push({ kind, difficulty, preparation: preparation.name, ...observe(event) });
        }
      }
    }
  }
  return results;
}

function observe({ tissue, onset, widespread, until }: SimulatedEvent) {
  const observed = new ObservedTissue(tissue);
  let [score, plainScore] = [-Infinity, -Infinity];
  let foundAt: number | undefined;
  for (let first = 0; first < until; first += blockSamples) {
    const end = first + blockSamples;
    const finding = observed.advance(first);
    if (finding !== undefined && end > onset) foundAt ??= end;
    if (!observed.isNewWindow || end <= onset || end > onset + inSamples(soonSeconds)) continue;
    score = Math.max(score, observed.score.value);
    plainScore = Math.max(plainScore, observed.plainScore.value);
  }
  const since = (from: number) => (foundAt === undefined ? undefined : (foundAt - from) / sampleRateHz);
  return { latencySeconds: since(onset), latencyOfWidespreadSeconds: since(widespread), score, plainScore };
}
