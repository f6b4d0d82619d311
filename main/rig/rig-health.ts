// What the rig looks at between ticks: does the source send, do the other threads live, is there room to record? Rig thread.
import { type ControlBlock, controlWord, recorderState } from '../../common/base/control-block.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { TimingLimits } from '../../common/limits/timing-limits.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { Recorder } from './recording/recorder-line.ts';
import { BeatWatch } from './supervision/beat-watch.ts';

/** Shortest silence of a source that is called a stall. */
const stalledAfterMilliseconds = 100;
const ringFillToTrip = 0.5;
const watchdogSilentMaxNs = 0.5e9;

type Limits = Pick<TimingLimits, 'recorderBacklogMaxMilliseconds' | 'diskMinSeconds'>;

export class RigHealth {
  readonly #control: ControlBlock;
  readonly #journal: JournalWriter;
  readonly #recorder: Recorder;
  readonly #stalledAfterMilliseconds: number;
  readonly #recorderBeat = new BeatWatch();
  readonly #watchdogBeat = new BeatWatch();
  #isStalled = false;

  /** @param silentMaxMilliseconds by the limit profile, or as the source is silent by its nature. */
  constructor(control: ControlBlock, journal: JournalWriter, recorder: Recorder, silentMaxMilliseconds: number) {
    this.#control = control;
    this.#journal = journal;
    this.#recorder = recorder;
    this.#stalledAfterMilliseconds = Math.max(stalledAfterMilliseconds, silentMaxMilliseconds);
  }

  /** @returns a fault at the beginning of each silence of the source. */
  checkSource(nowNs: number, newestAcquiredNs: number): Fault | undefined {
    const value = (nowNs - newestAcquiredNs) / 1e6;
    const wasStalled = this.#isStalled;
    this.#isStalled = !(value <= this.#stalledAfterMilliseconds);
    if (!this.#isStalled || wasStalled) return undefined;
    const message = `The source has sent no data for ${value.toFixed(0)} ms.`;
    return { code: 'source-stalled', message, value, bound: this.#stalledAfterMilliseconds, unit: 'ms' };
  }

  /** @returns every lasting fault of the other threads. */
  checkThreads(nowNs: number, isRecording: boolean, limits: Limits): Fault[] {
    const control = this.#control;
    const watchdogNs = this.#watchdogBeat.silentNs(Atomics.load(control, controlWord.watchdogBeat), nowNs);
    const recorderNs = this.#recorderBeat.silentNs(Atomics.load(control, controlWord.recorderBeat), nowNs);
    const faults: Fault[] = [];
    if (!(watchdogNs <= watchdogSilentMaxNs))
      faults.push(silence('watchdog-silent', 'watchdog', watchdogNs, watchdogSilentMaxNs));
    if (!isRecording) return faults;
    const backlogMaxNs = limits.recorderBacklogMaxMilliseconds * 1e6;
    if (!(recorderNs <= backlogMaxNs)) faults.push(silence('recorder-slow', 'recorder', recorderNs, backlogMaxNs));
    if (Atomics.load(control, controlWord.recorderState) === recorderState.failed) {
      faults.push({ code: 'recorder-closed', message: 'The recorder could not write the journal.' });
    }
    const { fill } = this.#journal;
    if (!(fill <= ringFillToTrip)) {
      const fillPercent = fill * 100;
      const message = `The recorder's buffer is ${fillPercent.toFixed(0)} % full.`;
      faults.push({ code: 'recorder-full', message, value: fillPercent, bound: ringFillToTrip * 100, unit: '%' });
    }
    const { freeSeconds } = this.#recorder;
    if (freeSeconds !== undefined && !(freeSeconds >= limits.diskMinSeconds)) {
      const message = `The disk is full in ${freeSeconds.toFixed(0)} s.`;
      faults.push({ code: 'recorder-full', message, value: freeSeconds, bound: limits.diskMinSeconds, unit: 's' });
    }
    return faults;
  }
}

function silence(code: Fault['code'], thread: string, silentNs: number, boundNs: number): Fault {
  const value = silentNs / 1e6;
  return {
    code,
    message: `The ${thread} thread has been silent for ${value.toFixed(0)} ms.`,
    value,
    bound: boundNs / 1e6,
    unit: 'ms',
  };
}
