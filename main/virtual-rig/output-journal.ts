// Writes what happens at the output line by line, so that it can be judged when everybody else is dead; runs in the virtual rig.
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Disposable } from '../../common/base/disposable.ts';
import { type Judgement, OutputJudge, type OutputEvent } from './output-judge.ts';

/** One line: an event, or what has been counted up to it. */
export type OutputLine = OutputEvent | ({ readonly kind: 'judgement' } & Judgement);

export interface OutputJournal extends Disposable {
  write(event: OutputEvent): void;
}

/**
 * JSON lines, each handed to the operating system before the device goes on: they outlive the process. Whenever the output goes off,
 * and at the end, the judge's counts follow.
 * @throws Error of the file system
 */
export function openOutputJournal(path: string): OutputJournal {
  const file = openSync(path, 'a');
  const judge = new OutputJudge();
  const append = (line: OutputLine) => writeSync(file, `${JSON.stringify(line)}\n`);
  const appendJudgement = () => append({ kind: 'judgement', ...judge.judgement });
  return {
    write(event) {
      judge.note(event);
      append(event);
      if (event.kind === 'stopped' || event.kind === 'lapsed') appendJudgement();
    },
    dispose() {
      appendJudgement();
      closeSync(file);
    },
  };
}
