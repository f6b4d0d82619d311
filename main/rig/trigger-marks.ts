// Writes presses of trigger inputs as marks into the recording, each at the sample of its moment. It holds the journal and nothing else: it can arm and stimulate nothing. Rig thread.
import { recordType } from '../../common/journal/records.ts';
import type { Mark, MarkTrigger } from '../../common/journal/session-documents.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { RecordingRun } from './recording-run.ts';
import type { TriggerPresses } from './stop-inputs/stop-input-messages.ts';

/** Where a recording is in its samples. */
export type MarkedRun = Pick<RecordingRun, 'firstSample' | 'lastSample' | 'sampleAt' | 'secondsAt'>;

/** A source that has sent nothing for so long is not waited for. */
const waitsMaxNs = 1e9;

interface Waiting {
  trigger: MarkTrigger;
  /** Presses beside it that are not marked one by one. */
  unmarked: number;
}

const wordsOf = ({ name, control }: Pick<MarkTrigger, 'name' | 'control'>) => `${name} (${control})`;

/** For a press that belongs to no recording. */
export const withoutRecording = ({ trigger }: TriggerPresses): string =>
  `${wordsOf(trigger)} is not marked: no recording is running.`;

export class TriggerMarks {
  readonly #journal: Pick<JournalWriter, 'json'>;
  readonly #isRealTime: boolean;
  readonly #say: (text: string) => void;
  /** Presses whose samples have not come; as many as the inputs' thread lets through in `waitsMaxNs`. */
  #waiting: Waiting[] = [];

  /**
   * @param isRealTime whether samples come as fast as time passes; where they do not, a press belongs to the newest
   * @param say tells the operator what has become of a press
   */
  constructor(journal: Pick<JournalWriter, 'json'>, isRealTime: boolean, say: (text: string) => void) {
    this.#journal = journal;
    this.#isRealTime = isRealTime;
    this.#say = say;
  }

  /** Presses have been heard. @param run the recording that is running, if one is */
  take(presses: TriggerPresses, run: MarkedRun | undefined, nowNs: number): void {
    if (run === undefined) return this.#say(withoutRecording(presses));
    const { trigger, pressedNs, unmarked } = presses;
    for (const [index, ns] of pressedNs.entries())
      this.#waiting.push({
        trigger: { ...trigger, pressedNs: ns },
        unmarked: index === pressedNs.length - 1 ? unmarked : 0,
      });
    this.look(run, nowNs);
  }

  /** Marks what has got its sample meanwhile. To be called every few milliseconds. */
  look(run: MarkedRun, nowNs: number): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter((press) => {
      const { pressedNs } = press.trigger;
      const sample = this.#sampleOf(pressedNs, run);
      const hasCome = sample !== undefined && sample < run.lastSample;
      if (!hasCome && nowNs - pressedNs < waitsMaxNs) return true;
      this.#mark(press, sample, run);
      return false;
    });
  }

  /** The recording ends: nothing is waited for any more. */
  finish(run: MarkedRun): void {
    for (const press of this.#waiting.splice(0)) this.#mark(press, this.#sampleOf(press.trigger.pressedNs, run), run);
  }

  #sampleOf(pressedNs: number, run: MarkedRun): number | undefined {
    if (this.#isRealTime) return run.sampleAt(pressedNs);
    return run.firstSample < 0 ? undefined : run.lastSample - 1;
  }

  #mark({ trigger, unmarked }: Waiting, sample: number | undefined, run: MarkedRun): void {
    const words = wordsOf(trigger);
    if (sample === undefined || sample < run.firstSample)
      return this.#say(`${words} is not marked: the recording has no sample of that moment.`);
    const sampleIndex = Math.min(sample, run.lastSample);
    const text = unmarked === 0 ? words : `${words}, and ${unmarked} more presses that followed at once`;
    this.#journal.json(recordType.mark, { text, sampleIndex, trigger } satisfies Mark);
    this.#say(`${text} is marked at ${run.secondsAt(sampleIndex).toFixed(3)} s.`);
  }
}
