// Watches a run of RHX for what its stream cannot say: lag, silence, a wrong rate, a stop by itself; pure, runs in the rig thread.
import { ClockFit } from '../clock-fit.ts';
import type { RunMode } from './reply.ts';
import type { RhxProblem } from './rhx-problem.ts';

/** RHX stops everything at about 40 s: a client that is 5 s late must take less, or it will cost the recording. */
export const lagWarnSeconds = 0.5;
export const lagDropSeconds = 5;
export const silenceMilliseconds = 500;
export const rateToleranceShare = 0.005;
export const rateSeconds = 10;
/** RunMode says Run, and its timestamp does not move in this time: nothing runs. */
const frozenMilliseconds = 500;

export class RunMonitor {
  readonly clock: ClockFit;
  readonly #sampleRateHz: number;
  #isRunning = false;
  #newest = -1;
  #newestNs = 0;
  #processed = -1;
  #processedNs = 0;
  #movedNs = 0;
  #lagSeconds = 0;
  #longestLagSeconds = 0;
  #endedBy: RhxProblem | undefined;

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
    this.clock = new ClockFit(sampleRateHz);
  }

  /** How far RHX was ahead of what had arrived when it was last asked. */
  get lagSeconds(): number {
    return this.#lagSeconds;
  }

  get longestLagSeconds(): number {
    return this.#longestLagSeconds;
  }

  /** `set runmode run` has been sent. */
  begin(nowNs: number): void {
    this.#isRunning = true;
    this.#newest = -1;
    this.#newestNs = this.#movedNs = nowNs;
    this.#processed = -1;
    this.#lagSeconds = this.#longestLagSeconds = 0;
    this.#endedBy = undefined;
    this.clock.reset();
  }

  /** `set runmode stop` is about to be sent. */
  end(): void {
    this.#isRunning = false;
  }

  /** @param lastSample the newest of what came at once */
  noteSamples(lastSample: number, receivedNs: number): void {
    this.#newest = lastSample;
    this.#newestNs = receivedNs;
    this.clock.note(lastSample, receivedNs);
  }

  /** @param timestamp RHX's newest @returns how far that is ahead of what has arrived, ms; undefined before anything has */
  lagAt(timestamp: number): number | undefined {
    // Timestamps wrap; what has arrived is counted on.
    const ahead = (timestamp - this.#newest) | 0;
    return this.#newest < 0 ? undefined : (Math.max(0, ahead) / this.#sampleRateHz) * 1000;
  }

  /** The answers of RHX to `get runmode` and `get currenttimestamp`, once a second. */
  noteAnswers(runMode: RunMode, timestamp: number, atNs: number): void {
    if (!this.#isRunning) return;
    if (runMode === 'Stop' || timestamp < 0) {
      const late =
        this.#longestLagSeconds >= lagWarnSeconds ? `, when it was ${this.#longestLagSeconds.toFixed(1)} s late` : '';
      this.#endedBy ??= { code: 'stopped-by-itself', message: `RHX stopped after sample ${this.#newest}${late}` };
      return;
    }
    if (timestamp !== this.#processed) this.#movedNs = atNs;
    this.#processed = timestamp;
    this.#processedNs = atNs;
    this.#lagSeconds = (this.lagAt(timestamp) ?? 0) / 1000;
    this.#longestLagSeconds = Math.max(this.#longestLagSeconds, this.#lagSeconds);
  }

  /** @returns all that is wrong now */
  findings(nowNs: number): RhxProblem[] {
    if (!this.#isRunning) return [];
    if (this.#endedBy !== undefined) return [this.#endedBy];
    const found: RhxProblem[] = [];
    const lag = this.#lagSeconds;
    if (lag >= lagDropSeconds)
      found.push({ code: 'lag-too-long', message: `RHX is ${lag.toFixed(1)} s ahead of what has arrived` });
    else if (lag >= lagWarnSeconds)
      found.push({ code: 'lag', message: `RHX is ${lag.toFixed(2)} s ahead of what has arrived` });
    const silentMs = (nowNs - this.#newestNs) / 1e6;
    if (silentMs > silenceMilliseconds)
      found.push({ code: 'silence', message: `no data for ${Math.round(silentMs)} ms` });
    const frozenMs = (this.#processedNs - this.#movedNs) / 1e6;
    if (frozenMs >= frozenMilliseconds)
      found.push({
        code: 'frozen-timestamp',
        message: `RHX stays at sample ${this.#processed} for ${Math.round(frozenMs)} ms`,
      });
    const rate = this.clock.rateHz(rateSeconds);
    if (rate !== undefined && Math.abs(rate / this.#sampleRateHz - 1) > rateToleranceShare)
      found.push({
        code: 'slow-clock',
        message: `${Math.round(rate)} samples per second came, not ${this.#sampleRateHz}`,
      });
    return found;
  }
}
