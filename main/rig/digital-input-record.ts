// Follows the named digital inputs of a source and writes each change into the recording, at its sample. Rig thread.
import type { DigitalInputStatus } from '../../common/contract/digital-input-status.ts';
import type { DigitalInput } from '../../common/experiment/digital-inputs.ts';
import type { DigitalInputs, SampleBlock } from './hardware/device.ts';
import type { JournalWriter } from './journal/journal-writer.ts';

export class DigitalInputRecord {
  readonly #named: readonly DigitalInput[];
  readonly #journal: Pick<JournalWriter, 'digitalInput'>;
  /** Changes whose samples have not come yet, in their order. */
  #waiting: DigitalInputs[] = [];
  #state: Pick<DigitalInputs, 'lines' | 'known'> = { lines: 0, known: 0 };
  readonly #changes = new Map<number, number>();
  /** One past the newest sample. */
  #end = 0;
  #isRecording = false;

  constructor(named: readonly DigitalInput[], journal: Pick<JournalWriter, 'digitalInput'>) {
    this.#named = named;
    this.#journal = journal;
  }

  /** The source tells of a change, before or after the block that holds its sample. */
  take(inputs: DigitalInputs): void {
    if (inputs.sample < this.#end) this.#apply(inputs);
    else this.#waiting.push(inputs);
  }

  /** A block has come. At the first one of a recording it is written how the lines are. */
  advance({ firstSample, sampleCount }: Pick<SampleBlock, 'firstSample' | 'sampleCount'>, isRecording: boolean): void {
    this.#end = firstSample + sampleCount;
    const begins = isRecording && !this.#isRecording;
    if (begins) this.#applyBefore(firstSample + 1);
    this.#isRecording = isRecording;
    if (begins) for (const { line } of this.#named) if (isSet(this.#state.known, line)) this.#write(firstSample, line);
    this.#applyBefore(this.#end);
  }

  get status(): DigitalInputStatus[] {
    const { lines, known } = this.#state;
    return this.#named.map(({ line, name }) => ({
      line,
      name,
      ...(isSet(known, line) ? { isHigh: isSet(lines, line) } : {}),
      changes: this.#changes.get(line) ?? 0,
    }));
  }

  #applyBefore(sample: number): void {
    while (this.#waiting.length > 0 && this.#waiting[0]!.sample < sample) this.#apply(this.#waiting.shift()!);
  }

  #apply({ sample, lines, known }: DigitalInputs): void {
    const before = this.#state;
    this.#state = { lines, known };
    for (const { line } of this.#named) {
      if (!isSet(known, line)) continue;
      const isFirst = !isSet(before.known, line);
      if (!isFirst && isSet(lines, line) === isSet(before.lines, line)) continue;
      if (!isFirst) this.#changes.set(line, (this.#changes.get(line) ?? 0) + 1);
      if (this.#isRecording) this.#write(sample, line);
    }
  }

  #write(sampleIndex: number, line: number): void {
    this.#journal.digitalInput({ sampleIndex, line, isHigh: isSet(this.#state.lines, line) ? 1 : 0, spare: 0 });
  }
}

/** @param line from 1 */
function isSet(lines: number, line: number): boolean {
  return ((lines >> (line - 1)) & 1) === 1;
}
