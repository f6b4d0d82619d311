// Measures once a second how the connected rig is, and tells when something has been wrong for some seconds and when it is over. Rig thread.
import { clockSyncBounds } from '../../common/contract/clock-sync.ts';
import {
  findingSentence,
  type HealthMeasure,
  healthMeasures,
  type HealthReading,
  isBeyond,
  type RigHealthStatus,
} from '../../common/contract/rig-health.ts';
import type { HealthRecord } from '../../common/journal/session-documents.ts';
import type { TimingLimits } from '../../common/limits/timing-limits.ts';
import { ArrivalWatch } from './arrival-watch.ts';
import type { DeviceReader, DeviceWriter, HeardStatus } from './hardware/device.ts';
import type { ClockSync } from './hardware/clock-sync/clock-sync.ts';
import type { ClockWatch } from './interlock/clock-watch.ts';
import type { LostSamples } from './interlock/lost-samples.ts';
import { SlidingSum } from './interlock/sliding-sum.ts';
import { temperatureMaxDecidegrees } from './supervision/device-watch.ts';

const lookEveryNs = 1e9;
/** Looks in a row after which something is found, and after which it is over: what comes and goes within a second is not told. */
const looksToFind = 2;
const looksToEnd = 3;
const rateToleranceHz = (statedHz: number) => statedHz / 1000;
/** Of the lease: less is near to the device turning itself off. */
const leaseLeastShare = 0.25;

export interface HealthParts {
  reader: Pick<DeviceReader, 'identity' | 'health' | 'refusedFrames' | 'usualPauseMilliseconds'>;
  writer: Pick<DeviceWriter, 'identity' | 'status' | 'refusedFrames' | 'capability'>;
  lostSamples: Pick<LostSamples, 'percentAt'>;
  clock: Pick<ClockWatch, 'fit'>;
  /** Of two devices; undefined: source and stimulator are one. */
  sync?: Pick<ClockSync, 'status'> | undefined;
  /** In force now. */
  timing: () => TimingLimits;
  /** A finding begins or ends. */
  onChange: (record: HealthRecord) => void;
}

type Value = number | NonNullable<HealthReading['absent']>;

export class HealthWatch {
  readonly #parts: HealthParts;
  readonly #arrivals: ArrivalWatch;
  readonly #damaged = new SlidingSum(1e9, 10);
  readonly #device: RigHealthStatus['device'];
  #damagedBefore: number;
  #leastLeaseMicroseconds: number | undefined;
  #lookedNs = -Infinity;
  #readings: HealthReading[] = [];
  /** Looks in a row that say other than what is told. */
  readonly #streaks = new Map<HealthMeasure, number>();
  readonly #found = new Set<HealthMeasure>();

  constructor(parts: HealthParts) {
    this.#parts = parts;
    const { reader, writer } = parts;
    this.#arrivals = new ArrivalWatch(reader.identity.sampleRateHz);
    this.#damagedBefore = this.#damagedMessages();
    const { description, serial, firmware } = writer.identity.canStimulate ? writer.identity : reader.identity;
    this.#device = { description, serial, firmware, ...deviceLimits(writer.identity) };
  }

  /** A block has arrived. @param newestSample of it @param arrivedNs and @param acquiredNs host monotonic */
  noteBlock(newestSample: number, arrivedNs: number, acquiredNs: number): void {
    this.#arrivals.note(newestSample, arrivedNs, acquiredNs);
  }

  hear({ isOutputOn, isDry, leaseRemainingMicroseconds }: HeardStatus): void {
    if (!isOutputOn || isDry) return;
    this.#leastLeaseMicroseconds = Math.min(this.#leastLeaseMicroseconds ?? Infinity, leaseRemainingMicroseconds);
  }

  /** Measures when a second is over. */
  look(nowNs: number): void {
    const damaged = this.#damagedMessages();
    if (damaged > this.#damagedBefore) this.#damaged.add(nowNs, damaged - this.#damagedBefore);
    this.#damagedBefore = damaged;
    if (nowNs - this.#lookedNs < lookEveryNs) return;
    this.#lookedNs = nowNs;
    this.#readings = this.#measure(nowNs);
    this.#leastLeaseMicroseconds = undefined;
    for (const reading of this.#readings) this.#judge(reading);
  }

  get status(): RigHealthStatus {
    return { device: this.#device, readings: this.#readings, found: [...this.#found] };
  }

  /** What is wrong now, for a recording that begins. */
  get findings(): HealthRecord[] {
    return this.#readings.filter(({ measure }) => this.#found.has(measure)).map((reading) => recordOf(reading, true));
  }

  #judge(reading: HealthReading): void {
    const { measure } = reading;
    const wasFound = this.#found.has(measure);
    if (isBeyond(reading) === wasFound) {
      this.#streaks.delete(measure);
      return;
    }
    const streak = (this.#streaks.get(measure) ?? 0) + 1;
    this.#streaks.set(measure, streak);
    if (streak < (wasFound ? looksToEnd : looksToFind)) return;
    this.#streaks.delete(measure);
    if (wasFound) this.#found.delete(measure);
    else this.#found.add(measure);
    this.#parts.onChange(recordOf(reading, !wasFound));
  }

  #damagedMessages(): number {
    const { reader, writer } = this.#parts;
    return reader.refusedFrames + writer.refusedFrames + writer.status.refusedFrames;
  }

  #measure(nowNs: number): HealthReading[] {
    const { reader, writer, lostSamples, clock, sync, timing: limitsNow } = this.#parts;
    const { sampleRateHz, pacing } = reader.identity;
    const timing = limitsNow();
    const { rateHz, jitterMilliseconds, ageMilliseconds } = this.#arrivals.report();
    // Without a lease there is nothing that measures itself and says so.
    const hasStimulator = writer.identity.canStimulate && writer.capability !== 'L1';
    const inTime = (value: number | undefined): Value => (pacing === 'stepped' ? 'stepped' : (value ?? 'soon'));
    const ofStimulator = (value: Value): Value => (hasStimulator ? value : 'none');
    const fit = clock.fit;
    const clockValue = (value: number | undefined) => ofStimulator(value ?? 'soon');
    const aligned = sync?.status(nowNs);
    const syncValue = (value: number | undefined): Value => (sync === undefined ? 'none' : (value ?? 'soon'));
    const least = this.#leastLeaseMicroseconds;
    const oldestMilliseconds = timing.dataAgeMaxMicroseconds / 1000;
    // What comes in lumps is late by its nature.
    const lumpsMilliseconds = Math.max(oldestMilliseconds, 2 * reader.usualPauseMilliseconds);
    const lag = reader.health?.lagMilliseconds;
    const values: Record<HealthMeasure, Value> = {
      'sample-rate': inTime(rateHz),
      'lost-samples': lostSamples.percentAt(nowNs),
      'arrival-jitter': inTime(jitterMilliseconds),
      'device-lag': inTime(lag ?? ageMilliseconds),
      'clock-offset': clockValue(fit && fit.offsetMicroseconds / 1e6),
      'clock-drift': clockValue(fit?.driftPartsPerMillion),
      'clock-residual': clockValue(fit && fit.residualMicroseconds / 1000),
      'sync-drift': syncValue(aligned?.fit?.driftPartsPerMillion),
      'sync-residual': syncValue(aligned?.fit?.residualMicroseconds),
      'sync-age': syncValue(aligned?.ageSeconds),
      lease: ofStimulator(least === undefined ? 'off' : least / 1000),
      temperature: ofStimulator(writer.status.temperatureDecidegrees / 10),
      'damaged-messages': this.#damaged.sumAt(nowNs),
    };
    const bounds: Partial<Record<HealthMeasure, number>> = {
      'sample-rate': rateToleranceHz(sampleRateHz),
      'lost-samples': timing.lostSamplesMaxPartsPerMillion / 10_000,
      'arrival-jitter': lumpsMilliseconds,
      // A source that tells its lag judges it by itself.
      ...(lag === undefined ? { 'device-lag': oldestMilliseconds } : {}),
      'clock-drift': timing.clockDriftMaxPartsPerMillion,
      'clock-residual': timing.clockStepMaxMicroseconds / 1000,
      'sync-drift': clockSyncBounds.driftMaxPartsPerMillion,
      'sync-residual': clockSyncBounds.residualMaxMicroseconds,
      'sync-age': clockSyncBounds.ageMaxSeconds,
      lease: timing.leaseMilliseconds * leaseLeastShare,
      temperature: temperatureMaxDecidegrees / 10,
      'damaged-messages': 0,
    };
    // Where there is one clock, nothing is said of two.
    const measured = healthMeasures.filter((measure) => sync !== undefined || !measure.startsWith('sync-'));
    return measured.map((measure) => {
      const value = values[measure];
      const bound = bounds[measure];
      return {
        measure,
        ...(typeof value === 'number' ? { value } : { absent: value }),
        ...(bound === undefined ? {} : { bound }),
        ...(measure === 'sample-rate' ? { stated: sampleRateHz } : {}),
      };
    });
  }
}

function deviceLimits({
  canStimulate,
  limits,
}: HealthParts['writer']['identity']): Pick<RigHealthStatus['device'], 'limits'> {
  if (!canStimulate) return {};
  const { amplitudeMaxNanoamps, chargePerPhaseMaxFemtocoulombs, rateMaxHz, leaseMaxMilliseconds } = limits;
  return {
    limits: {
      amplitudeMaxMicroamps: amplitudeMaxNanoamps / 1000,
      chargePerPhaseMaxNanocoulombs: chargePerPhaseMaxFemtocoulombs / 1e6,
      rateMaxHz,
      leaseMaxMilliseconds,
    },
  };
}

function recordOf(reading: HealthReading, isWrong: boolean): HealthRecord {
  const { measure, value, bound } = reading;
  return {
    measure,
    isWrong,
    ...(isWrong ? { message: findingSentence(reading) } : {}),
    ...(value === undefined ? {} : { value }),
    ...(bound === undefined ? {} : { bound }),
  };
}
