// Has a board give sync pulses, hears of them from the source, and knows from both how the two clocks run. Rig thread.
import { clockSyncBounds, type ClockSyncFit, type ClockSyncStatus } from '../../../../common/contract/clock-sync.ts';
import type { Fault } from '../../../../common/contract/faults.ts';
import type { DeviceConfiguration } from '../../../../common/device-protocol/messages.ts';
import type { SyncEdge } from '../device.ts';
import { fitClocks, toSource } from './fit-clocks.ts';

/** Of a pulse: longer than any source's sample. */
const pulseNs = 20e6;
/** Between pulses, at random: only one shift of the clocks brings many of them together. */
const shortestGapNs = 300e6;
const longestGapNs = 700e6;
/** Half a minute of pulses. */
const keptPulses = 64;
/** More than that in the same time are noise on the line. */
const keptEdges = 256;
const fitEveryNs = 200e6;

export interface ClockSyncParts {
  /** Sets the digital outputs of the board. */
  setOutputs(outputs: number): Promise<Pick<DeviceConfiguration, 'outputsSetMicroseconds'>>;
  /** Output that gives the pulses. */
  readonly output: number;
  /** Of the source. */
  readonly sampleRateHz: number;
  readonly random: () => number;
}

export class ClockSync {
  readonly #parts: ClockSyncParts;
  /** Device times of the pulses that the board has given, µs. */
  readonly #pulses: number[] = [];
  readonly #edges: { readonly microseconds: number; readonly receivedNs: number }[] = [];
  #isHigh = false;
  #isAsked = false;
  #dueNs = -Infinity;
  #fit: ClockSyncFit | undefined;
  #isNew = false;
  #fittedNs = -Infinity;
  /** When the newest pulse arrived that lies on the line. */
  #matchedNs: number | undefined;

  constructor(parts: ClockSyncParts) {
    this.#parts = parts;
  }

  /** Gives what is due, and fits anew when there is something new. Called every few milliseconds. */
  look(nowNs: number): void {
    if (!this.#isAsked && nowNs >= this.#dueNs) this.#turn(nowNs);
    if (!this.#isNew || nowNs - this.#fittedNs < fitEveryNs) return;
    this.#isNew = false;
    this.#fittedNs = nowNs;
    this.#fitAnew();
  }

  /** The source has seen a pulse. */
  noteEdge({ sample, receivedNs }: Pick<SyncEdge, 'sample' | 'receivedNs'>): void {
    this.#edges.push({ microseconds: (sample / this.#parts.sampleRateHz) * 1e6, receivedNs });
    if (this.#edges.length > keptEdges) this.#edges.shift();
    this.#isNew = true;
  }

  /** @returns the sample of the source at a moment of the board's clock; undefined without a fit */
  sampleAt(boardMicroseconds: number): number | undefined {
    if (this.#fit === undefined) return undefined;
    return Math.round((toSource(boardMicroseconds, this.#fit) * this.#parts.sampleRateHz) / 1e6);
  }

  status(nowNs: number): ClockSyncStatus {
    const fit = this.#fit;
    const ageSeconds = this.#matchedNs === undefined ? undefined : (nowNs - this.#matchedNs) / 1e9;
    const problem = this.#problem(ageSeconds);
    return {
      isAligned: problem === undefined,
      ...(problem === undefined ? {} : { problem }),
      ...(fit === undefined ? {} : { fit }),
      ...(ageSeconds === undefined ? {} : { ageSeconds }),
    };
  }

  /** @returns why nothing may be stimulated: the source's time of a pulse would not be known */
  fault(nowNs: number): Fault | undefined {
    const { problem } = this.status(nowNs);
    return problem === undefined
      ? undefined
      : { code: 'sync-lost', message: `The clocks are not aligned: ${problem}.` };
  }

  #problem(ageSeconds: number | undefined): string | undefined {
    const { pulsesLeast, residualMaxMicroseconds, ageMaxSeconds } = clockSyncBounds;
    const fit = this.#fit;
    if (fit === undefined) {
      const told = `the board has given ${this.#pulses.length} sync pulses, the source has seen ${this.#edges.length}`;
      return `${told}, and no line between their clocks goes through ${pulsesLeast} of them: wait ten seconds, then check the wire and stimulator.sync`;
    }
    if (!(fit.residualMicroseconds <= residualMaxMicroseconds))
      return `the sync pulses lie ${Math.round(fit.residualMicroseconds)} µs from the line between the clocks, and ${residualMaxMicroseconds} µs are allowed: check the wire and the level`;
    if (ageSeconds === undefined || !(ageSeconds <= ageMaxSeconds))
      return `the source has seen no sync pulse for ${(ageSeconds ?? Infinity).toFixed(1)} s, and ${ageMaxSeconds} s are allowed: check the wire`;
    return undefined;
  }

  /** One of the two edges. An answer that does not come is a pulse that is not counted. */
  #turn(nowNs: number): void {
    const { output, random, setOutputs } = this.#parts;
    const isRise = !this.#isHigh;
    this.#isAsked = true;
    this.#isHigh = isRise;
    this.#dueNs = nowNs + (isRise ? pulseNs : shortestGapNs + random() * (longestGapNs - shortestGapNs));
    const settled = () => (this.#isAsked = false);
    setOutputs(isRise ? 2 ** output : 0).then(({ outputsSetMicroseconds }) => {
      settled();
      if (isRise) this.#notePulse(outputsSetMicroseconds);
    }, settled);
  }

  #notePulse(microseconds: number): void {
    this.#pulses.push(microseconds);
    if (this.#pulses.length > keptPulses) this.#pulses.shift();
    this.#isNew = true;
  }

  #fitAnew(): void {
    const fit = fitClocks(
      this.#pulses,
      this.#edges.map(({ microseconds }) => microseconds),
    );
    this.#fit = fit;
    if (fit === undefined) return;
    const given = this.#pulses.map((pulse) => toSource(pulse, fit));
    const isOnLine = (edge: number) =>
      given.some((pulse) => Math.abs(pulse - edge) <= clockSyncBounds.residualMaxMicroseconds);
    const newest = this.#edges.findLast(({ microseconds }) => isOnLine(microseconds));
    if (newest !== undefined) this.#matchedNs = newest.receivedNs;
  }
}
