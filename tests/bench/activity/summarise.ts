// Turns what was measured into the tables of the benchmark.
import { difficulties, eventKinds } from './events.ts';
import type { EventResult } from './measure-events.ts';
import { type QuietResult, thresholds } from './measure-quiet.ts';

/** Within which each kind of event should be found, s. */
const aimSeconds = { seizure: 3, 'after-discharge': 3, runaway: 60, 'artefact read as spikes': 5 } as const;

const rounded = (value: number, digits = 2) => Math.round(value * 10 ** digits) / 10 ** digits;
const share = (part: number, whole: number) => (whole === 0 ? undefined : rounded((100 * part) / whole, 1));

function quantile(values: readonly number[], at: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))];
  return value === undefined ? undefined : rounded(value);
}

export function eventTable(results: readonly EventResult[]) {
  const places = [...new Set(results.map(({ preparation }) => preparation))];
  return eventKinds.flatMap((kind) =>
    places.flatMap((preparation) =>
      difficulties.flatMap((difficulty) => {
        const events = results.filter(
          (event) => event.kind === kind && event.preparation === preparation && event.difficulty === difficulty,
        );
        return events.length === 0 ? [] : [{ kind, preparation, difficulty, ...summary(events, aimSeconds[kind]) }];
      }),
    ),
  );
}

function summary(events: readonly EventResult[], aim: number) {
  const latencies = events.flatMap(({ latencySeconds }) => latencySeconds ?? []);
  const fromWidespread = events.flatMap(({ latencyOfWidespreadSeconds }) => latencyOfWidespreadSeconds ?? []);
  return {
    events: events.length,
    foundPercent: share(latencies.length, events.length),
    aimSeconds: aim,
    soonPercent: share(latencies.filter((seconds) => seconds <= aim).length, events.length),
    soonOfWidespreadPercent: share(fromWidespread.filter((seconds) => seconds <= aim).length, events.length),
    latencyP50Seconds: quantile(latencies, 0.5),
    latencyP95Seconds: quantile(latencies, 0.95),
  };
}

export function quietTable(results: readonly QuietResult[]) {
  return results.map(({ preparation, hours, falseTrips }) => ({
    preparation,
    hours,
    falseTrips: falseTrips.length,
    falseTripsPerDay: rounded((24 * falseTrips.length) / hours),
  }));
}

export function curve(quiet: readonly QuietResult[], events: readonly EventResult[]) {
  const hours = quiet.reduce((sum, result) => sum + result.hours, 0);
  const seizures = events.filter(({ kind }) => kind === 'seizure');
  return thresholds.map((threshold, index) => {
    const found = (chosen: readonly EventResult[], of: 'score' | 'plainScore') =>
      share(chosen.filter((event) => event[of] > threshold).length, chosen.length);
    const byDifficulty = difficulties.map((difficulty) => [
      `${difficulty}Percent`,
      found(
        seizures.filter((event) => event.difficulty === difficulty),
        'score',
      ),
    ]);
    const perDay = (of: 'trips' | 'plainTrips') =>
      rounded((24 * quiet.reduce((sum, result) => sum + result[of][index]!, 0)) / hours);
    return {
      threshold,
      falseTripsPerDay: perDay('trips'),
      allPercent: found(seizures, 'score'),
      ...Object.fromEntries(byDifficulty),
      peerFalseTripsPerDay: perDay('plainTrips'),
      peerAllPercent: found(seizures, 'plainScore'),
    };
  });
}

/** Probability that a seizure scores higher in its first three seconds than a quiet minute does; a tie counts half. */
export function areaUnderCurve(quiet: readonly QuietResult[], events: readonly EventResult[]) {
  const seizures = events.filter(({ kind }) => kind === 'seizure');
  const area = (chosen: readonly EventResult[], of: 'score' | 'plainScore', minutes: readonly number[]) => {
    const sorted = [...minutes].sort((a, b) => a - b);
    const below = (value: number, isTied: boolean) => {
      let [low, high] = [0, sorted.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (sorted[middle]! < value || (isTied && sorted[middle] === value)) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    const wins = chosen.map((event) => (below(event[of], false) + below(event[of], true)) / 2 / sorted.length);
    return rounded(wins.reduce((sum, win) => sum + win, 0) / wins.length, 4);
  };
  const minutes = quiet.flatMap(({ minuteScores }) => minuteScores);
  const plainMinutes = quiet.flatMap(({ plainMinuteScores }) => plainMinuteScores);
  return {
    ...Object.fromEntries(
      difficulties.map((difficulty) => [
        difficulty,
        area(
          seizures.filter((event) => event.difficulty === difficulty),
          'score',
          minutes,
        ),
      ]),
    ),
    all: area(seizures, 'score', minutes),
    peerAll: area(seizures, 'plainScore', plainMinutes),
  };
}
