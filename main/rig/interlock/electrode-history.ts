// What one electrode has been permitted: rate, trains, on-time, dose of the day, amplitude, busy. Rig thread; pure.
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { ElectrodeLimits } from '../../../common/limits/electrode-limits.ts';
import { SlidingCount } from './sliding-count.ts';
import { SlidingSum } from './sliding-sum.ts';

const secondNs = 1e9;
/** Pulses that follow each other by less are one train. */
const trainGapNs = 100e6;
const onTimeSeconds = 60;
const dayBucketNs = 600e9;
const dayBuckets = 144;

/** A rate as a count in a window; rates below 1 Hz are counted in a window long enough for one pulse. A rate of 0 allows none. */
export function allowance(rateMillihertz: number): { windowNs: number; pulses: number } {
  if (!(rateMillihertz > 0)) return { windowNs: secondNs, pulses: 0 };
  return rateMillihertz >= 1000
    ? { windowNs: secondNs, pulses: Math.floor(rateMillihertz / 1000) }
    : { windowNs: (secondNs * 1000) / rateMillihertz, pulses: 1 };
}

/** What a pulse adds. */
export interface PulseCost {
  durationNs: number;
  chargeFemtocoulombs: number;
  amplitudeNanoamps: number;
  /** Energy of both phases. */
  picojoules: number;
}

export class ElectrodeHistory {
  rate: { windowNs: number; pulses: number };
  #recent: SlidingCount;
  /** One second more than the window: a pulse that began before it may end inside it. */
  readonly #onTime = new SlidingSum(secondNs, onTimeSeconds + 1);
  readonly #dayPulses = new SlidingSum(dayBucketNs, dayBuckets);
  readonly #dayCharge = new SlidingSum(dayBucketNs, dayBuckets);
  #trainStartNs = 0;
  #lastEndNs = -Infinity;
  #lastStartNs: number;
  #lastAmplitude = 0;

  /** @param sinceNs from when the amplitude may rise: when the electrode was released for stimulation. */
  constructor(limits: ElectrodeLimits, sinceNs: number) {
    this.rate = allowance(limits.rateMaxMillihertz);
    this.#recent = new SlidingCount(this.rate.windowNs, this.rate.pulses);
    this.#lastStartNs = sinceNs;
  }

  get busyUntilNs(): number {
    return this.#lastEndNs;
  }

  /** Amplitude of the newest pulse, nA; 0 before the first. */
  get lastAmplitudeNanoamps(): number {
    return this.#lastAmplitude;
  }

  recentAt(nowNs: number): number {
    return this.#recent.countAt(nowNs);
  }

  /** How long the train would be, ns, with a pulse of this duration now. */
  trainNs(nowNs: number, durationNs: number): number {
    return this.#isInTrain(nowNs) ? nowNs + durationNs - this.#trainStartNs : durationNs;
  }

  /** On-time of the last 60 s, ns, with a pulse of this duration now. */
  onTimeNs(nowNs: number, durationNs: number): number {
    return this.#onTime.sumAt(nowNs) + this.#addedOnTime(nowNs, durationNs);
  }

  dayPulsesAt(nowNs: number): number {
    return this.#dayPulses.sumAt(nowNs);
  }

  dayChargeAt(nowNs: number): number {
    return this.#dayCharge.sumAt(nowNs);
  }

  /** Largest amplitude now, nA: the newest one and what a step and the rise since then allow. */
  amplitudeReachNanoamps(nowNs: number, limits: ElectrodeLimits): number {
    const { amplitudeStepMaxPermille, amplitudeSlewMaxPermillePerSecond, amplitudeMaxNanoamps } = limits;
    const risenNs = amplitudeSlewMaxPermillePerSecond * (nowNs - this.#lastStartNs);
    // One division, after everything else: a rise to exactly the limit is not lost to rounding.
    const permilleNs = Math.min(amplitudeStepMaxPermille * secondNs, risenNs);
    return this.#lastAmplitude + Math.floor((amplitudeMaxNanoamps * permilleNs) / (1000 * secondNs));
  }

  add(nowNs: number, { durationNs, chargeFemtocoulombs, amplitudeNanoamps }: PulseCost): void {
    this.#onTime.add(nowNs, this.#addedOnTime(nowNs, durationNs));
    if (!this.#isInTrain(nowNs)) this.#trainStartNs = nowNs;
    this.#recent.add(nowNs);
    this.addDose(nowNs, 1, chargeFemtocoulombs);
    this.#lastEndNs = nowNs + durationNs;
    this.#lastStartNs = nowNs;
    this.#lastAmplitude = amplitudeNanoamps;
  }

  /** Pulses of earlier sessions of the same day, or of this one. */
  addDose(atNs: number, pulses: number, chargeFemtocoulombs: number): void {
    this.#dayPulses.add(atNs, pulses);
    this.#dayCharge.add(atNs, chargeFemtocoulombs);
  }

  /** A tighter rate holds from now on, over what was given before as well. */
  tighten(limits: ElectrodeLimits): void {
    this.rate = allowance(limits.rateMaxMillihertz);
    this.#recent = this.#recent.resized(this.rate.windowNs, this.rate.pulses);
  }

  /** The rig is armed anew: the amplitude rises from zero again. */
  release(nowNs: number): void {
    this.#lastStartNs = nowNs;
    this.#lastAmplitude = 0;
  }

  #isInTrain(nowNs: number): boolean {
    return nowNs - this.#lastEndNs < trainGapNs;
  }

  /** The pulse itself and, within a train, the pause before it. */
  #addedOnTime(nowNs: number, durationNs: number): number {
    return durationNs + (this.#isInTrain(nowNs) ? Math.max(0, nowNs - this.#lastEndNs) : 0);
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#recent.exchange(archive);
    this.#onTime.exchange(archive);
    this.#dayPulses.exchange(archive);
    this.#dayCharge.exchange(archive);
    this.#trainStartNs = archive.number(this.#trainStartNs);
    this.#lastEndNs = archive.number(this.#lastEndNs);
    this.#lastStartNs = archive.number(this.#lastStartNs);
    this.#lastAmplitude = archive.number(this.#lastAmplitude);
  }
}
