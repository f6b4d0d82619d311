// One recording from its first to its last record: files, phases, duration. Rig thread.
import { recordType } from '../../common/journal/records.ts';
import type { AuditMark, PhaseChange, SessionClosing, SessionOpening } from '../../common/journal/session-documents.ts';
import type { FileDigest } from '../../common/journal/session-manifest.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import { PhaseSchedule } from './session/phase-schedule.ts';
import type { Recorder } from './recording/recorder-line.ts';

/** Stream position after a block, for phases and the end. */
interface StreamPosition {
  firstSample: number;
  sampleCount: number;
  /** Host monotonic ns when the newest sample was acquired. */
  acquiredNs: number;
}

export class RecordingRun {
  readonly folder: string;
  /** UUID. */
  readonly session: string;
  readonly requestedSeconds: number | undefined;
  readonly schedule: PhaseSchedule;
  readonly #journal: JournalWriter;
  readonly #recorder: Recorder;
  readonly #sampleRateHz: number;
  #firstSample = -1;
  #lastSample = 0;
  #acquiredNs = 0;
  #phaseBeganSeconds = 0;
  phase = -1;

  private constructor(
    folder: string,
    seconds: number | undefined,
    { session, checked, sampleRateHz }: SessionOpening,
    journal: JournalWriter,
    recorder: Recorder,
  ) {
    this.folder = folder;
    this.session = session;
    this.requestedSeconds = seconds;
    this.schedule = new PhaseSchedule(checked.experiment.phases);
    this.#sampleRateHz = sampleRateHz;
    this.#journal = journal;
    this.#recorder = recorder;
  }

  /** Creates the files. @returns the run, or why it cannot be recorded. */
  static async create(
    folder: string,
    seconds: number | undefined,
    opening: SessionOpening,
    journal: JournalWriter,
    recorder: Recorder,
  ): Promise<RecordingRun | string> {
    const problem = await recorder.open(folder, JSON.stringify(opening, undefined, 2));
    if (problem !== undefined) return problem;
    return new RecordingRun(folder, seconds, opening, journal, recorder);
  }

  /** Opens the journal and writes its first record. */
  begin(opening: SessionOpening): void {
    this.#journal.open();
    this.#journal.json(recordType.opening, opening);
  }

  get elapsedSeconds(): number {
    return this.#firstSample < 0 ? 0 : this.secondsAt(this.#lastSample);
  }

  /** Stream time of a sample since the recording's first one, s. */
  secondsAt(sample: number): number {
    return (sample - this.#firstSample) / this.#sampleRateHz;
  }

  /**
   * By the newest block. @param hostNs moment of the host's monotonic clock
   * @returns the sample that was acquired then; it may lie before the recording, or not have come yet. Undefined before the first block.
   */
  sampleAt(hostNs: number): number | undefined {
    if (this.#firstSample < 0) return undefined;
    return this.#lastSample - 1 + Math.round(((hostNs - this.#acquiredNs) / 1e9) * this.#sampleRateHz);
  }

  get doesPhaseStimulate(): boolean {
    return this.schedule.phase(this.phase)?.stimulation ?? false;
  }

  /** Stream time since the phase began, s. */
  get phaseElapsedSeconds(): number {
    return this.elapsedSeconds - this.#phaseBeganSeconds;
  }

  /** Moves phases along with the stream. @returns whether the requested time is over. */
  advance(block: StreamPosition): boolean {
    if (this.#firstSample < 0) this.#firstSample = block.firstSample;
    this.#lastSample = block.firstSample + block.sampleCount;
    this.#acquiredNs = block.acquiredNs;
    const index = this.schedule.indexAt((block.firstSample - this.#firstSample) / this.#sampleRateHz);
    const phase = this.schedule.phase(index);
    if (index !== this.phase && phase !== undefined) {
      this.phase = index;
      this.#phaseBeganSeconds = this.elapsedSeconds;
      this.#journal.json(recordType.phase, {
        phase: phase.name,
        index,
        stimulation: phase.stimulation,
        firstSample: block.firstSample,
      } satisfies PhaseChange);
    }
    return this.requestedSeconds !== undefined && this.elapsedSeconds >= this.requestedSeconds;
  }

  /** −1 before the first block. */
  get firstSample(): number {
    return this.#firstSample;
  }

  /** One past the newest. */
  get lastSample(): number {
    return this.#lastSample;
  }

  /** Part of the recorder's buffer in use. */
  get fillFraction(): number {
    return this.#journal.fill;
  }

  /** Writes the last record and makes everything durable. @returns what the files hold, or why it is not. */
  async close(
    reason: SessionClosing['reason'],
    ticks: number,
    audit: AuditMark | undefined,
  ): Promise<readonly FileDigest[] | string> {
    const closing: SessionClosing = { reason, ticks, lastSample: this.#lastSample };
    this.#journal.json(recordType.closing, audit === undefined ? closing : { ...closing, audit });
    this.#journal.close();
    return this.#recorder.close();
  }
}
