// Watches a running stream for what no single message says: silence, a wrong rate, losses on either side; pure, runs in the rig thread.
import { ClockFit } from '../clock-fit.ts';
import type { OpenEphysProblem } from './open-ephys-problem.ts';
import { noCounts, type StreamCounts } from './stream-counts.ts';

export const silenceMilliseconds = 500;
export const rateToleranceShare = 0.005;
export const rateSeconds = 10;

export class StreamMonitor {
  readonly clock: ClockFit;
  readonly #sampleRateHz: number;
  #newestNs: number;
  #counts: StreamCounts = noCounts;
  #dropped = 0;
  #damage: string | undefined;
  #looked = { counts: noCounts, dropped: 0 };

  constructor(sampleRateHz: number, nowNs: number) {
    this.#sampleRateHz = sampleRateHz;
    this.#newestNs = nowNs;
    this.clock = new ClockFit(sampleRateHz);
  }

  get counts(): StreamCounts {
    return this.#counts;
  }

  /** @param lastSample the newest of what came at once */
  noteSamples(lastSample: number, receivedNs: number): void {
    this.#newestNs = receivedNs;
    this.clock.note(lastSample, receivedNs);
  }

  /** @param damage what was wrong with the newest message that could not be read */
  noteCounts(counts: StreamCounts, damage: string | undefined): void {
    this.#counts = counts;
    this.#damage = damage;
  }

  /** @param dropped blocks that this side did not take, so far */
  noteDropped(dropped: number): void {
    this.#dropped = dropped;
  }

  /** @returns all that is wrong now, or was since the last look */
  findings(nowNs: number): OpenEphysProblem[] {
    const found: OpenEphysProblem[] = [];
    const [now, before] = [this.#counts, this.#looked.counts];
    const dropped = this.#dropped - this.#looked.dropped;
    this.#looked = { counts: now, dropped: this.#dropped };
    const add = (code: OpenEphysProblem['code'], message: string) => void found.push({ code, message });
    const lost = now.lostMessages - before.lostMessages;
    const samples = now.lostSamples - before.lostSamples;
    const damaged = now.damagedMessages - before.damagedMessages;
    const repeated = now.repeatedMessages - before.repeatedMessages;
    const clipped = now.clippedValues - before.clippedValues;
    if (damaged > 0)
      add('damaged-message', `${damaged} messages could not be read; of the last, ${this.#damage ?? ''}`);
    if (lost > damaged || samples > 0) add('messages-lost', `${lost} messages and ${samples} samples never came`);
    if (repeated > 0) add('repeated-messages', `${repeated} messages were dropped that had come before`);
    if (clipped > 0) add('clipped', `${clipped} values are beyond what 16 bits hold`);
    if (dropped > 0) add('own-backlog', `${dropped} blocks were dropped here`);
    const silentMs = (nowNs - this.#newestNs) / 1e6;
    if (silentMs > silenceMilliseconds) add('silence', `no data for ${Math.round(silentMs)} ms`);
    const rate = this.clock.rateHz(rateSeconds);
    if (rate !== undefined && Math.abs(rate / this.#sampleRateHz - 1) > rateToleranceShare)
      add('slow-clock', `${Math.round(rate)} samples per second came, not ${this.#sampleRateHz}`);
    return found;
  }
}
