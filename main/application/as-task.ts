// Shows long work to the pages: that it runs, how far it is, and how it ended. Main thread.
import type { CommandRefusal, CoreNotice } from '../../common/contract/commands.ts';

export interface TaskNames {
  /** The same for the same work on the same thing. */
  task: string;
  title: string;
}

/** Tells how far the work is, 0 to 1, and what is being done. */
export type TellTask = (fraction: number, what?: string) => void;

/** @param resultOf what the work made, a path; undefined: nothing to open. @returns what the work returned */
export async function asTask<O extends object>(
  notify: (notice: CoreNotice) => void,
  names: TaskNames,
  work: (tell: TellTask) => Promise<O | { refusal: CommandRefusal }>,
  resultOf: (outcome: O) => string | undefined = () => undefined,
): Promise<O | { refusal: CommandRefusal }> {
  const task = { notice: 'task', ...names } as const;
  const tell: TellTask = (fraction, what) =>
    notify({ ...task, state: 'running', fraction, ...(what === undefined ? {} : { what }) });
  tell(0);
  const outcome = await work(tell);
  if ('refusal' in outcome) {
    notify({ ...task, state: 'failed', fraction: 1, problem: `${outcome.refusal.what}. ${outcome.refusal.cure}` });
    return outcome;
  }
  const result = resultOf(outcome);
  notify({ ...task, state: 'done', fraction: 1, ...(result === undefined ? {} : { result }) });
  return outcome;
}
