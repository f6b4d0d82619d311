// Hours of quiet activity: how often the watch trips for nothing, at its own threshold and at others.
import { inSamples, sampleRateHz } from './happenings.ts';
import { limits, ObservedTissue } from './observed-tissue.ts';
import { preparations } from './preparations.ts';
import { blockSamples, SimulatedTissue } from './simulated-tissue.ts';

export const thresholds = [3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8] as const;
const holdOffSamples = inSamples(limits.holdOffMilliseconds / 1000);
const secondsPerRecording = 3600;

/** Counts trips: what comes while the rig is held off after a trip is none. */
class Trips {
  count = 0;
  #heldOffUntil = -Infinity;
  #wasAbove = false;

  note(isAbove: boolean, sample: number): void {
    if (isAbove && !this.#wasAbove && sample >= this.#heldOffUntil) this.count++;
    if (isAbove) this.#heldOffUntil = sample + holdOffSamples;
    this.#wasAbove = isAbove;
  }

  /** Another recording begins. */
  restart(): void {
    this.#heldOffUntil = -Infinity;
    this.#wasAbove = false;
  }
}

export interface FalseTrip {
  code: string;
  /** What went on within the three seconds before. */
  during: string;
}

export interface QuietResult {
  preparation: string;
  hours: number;
  falseTrips: FalseTrip[];
  /** Seizure-like trips for each threshold, of the watch and of its peer. */
  trips: number[];
  plainTrips: number[];
  /** Largest score of each minute. */
  minuteScores: number[];
  plainMinuteScores: number[];
}

/** @param hours of each preparation, in recordings of one hour of which every other one is stimulated. */
export function measureQuiet(hours: number): QuietResult[] {
  return preparations.map((preparation, kind) => {
    const trips = thresholds.map(() => new Trips());
    const plainTrips = thresholds.map(() => new Trips());
    const result: QuietResult = {
      preparation: preparation.name,
      hours,
      falseTrips: [],
      trips: [],
      plainTrips: [],
      minuteScores: [],
      plainMinuteScores: [],
    };
    for (let hour = 0; hour < hours; hour++) {
      const tissue = new SimulatedTissue(preparation, 1000 * (kind + 1) + hour, hour % 2 === 1);
      for (const one of [...trips, ...plainTrips]) one.restart();
      observe(new ObservedTissue(tissue), result, trips, plainTrips);
    }
    result.trips = trips.map(({ count }) => count);
    result.plainTrips = plainTrips.map(({ count }) => count);
    return result;
  });
}

function observe(
  observed: ObservedTissue,
  result: QuietResult,
  trips: readonly Trips[],
  plainTrips: readonly Trips[],
): void {
  const { score, plainScore, tissue } = observed;
  const own = thresholds.indexOf(5);
  let heldOffUntil = -Infinity;
  let [ofMinute, plainOfMinute] = [-Infinity, -Infinity];
  for (let first = 0; first < secondsPerRecording * sampleRateHz; first += blockSamples) {
    const end = first + blockSamples;
    const before = trips[own]!.count;
    const finding = observed.advance(first);
    if (observed.isNewWindow) {
      for (const [index, threshold] of thresholds.entries()) {
        trips[index]!.note(score.value > threshold, end);
        plainTrips[index]!.note(plainScore.value > threshold, end);
      }
      ofMinute = Math.max(ofMinute, score.value);
      plainOfMinute = Math.max(plainOfMinute, plainScore.value);
    }
    if (trips[own]!.count > before && finding?.code !== 'seizure-like')
      throw new Error('the curve counts a trip that the watch does not report');
    if (finding !== undefined) {
      if (first >= heldOffUntil) {
        const recent = tissue.active.filter(({ from, until }) => from < end && until > end - inSamples(3));
        const causes = [...new Set(recent.map(({ cause }) => cause))].sort();
        result.falseTrips.push({ code: finding.code, during: causes.join(' + ') || 'nothing' });
      }
      heldOffUntil = first + holdOffSamples;
    }
    if (end % inSamples(60) !== 0) continue;
    result.minuteScores.push(ofMinute);
    result.plainMinuteScores.push(plainOfMinute);
    [ofMinute, plainOfMinute] = [-Infinity, -Infinity];
  }
}
