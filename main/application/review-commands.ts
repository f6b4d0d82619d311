// The commands of the pages on recorded sessions: questions go to the review program, notes and signatures to their file and the audit log. Main thread.
import type { reviewRequests } from '../../common/contract/review.ts';
import { type ReviewQueryName, reviewQueryNames } from '../../common/contract/review.ts';
import type { ReviewQuestion } from '../../common/contract/review-program.ts';
import { chainProblemWords } from '../../common/journal/chained-lines.ts';
import type { CommandHandlers } from '../../common/transport/rpc.ts';
import { readNotes } from '../library/session-notes.ts';
import type { ReviewPrograms } from './review-programs.ts';
import { sessionAt } from './session-at.ts';
import { signOff, type SignOffSurroundings } from './sign-off.ts';
import { writeNote } from './write-note.ts';

export type ReviewCommandName = keyof typeof reviewRequests;

export interface ReviewSurroundings extends SignOffSurroundings {
  programs: ReviewPrograms;
  isRecording(folder: string): boolean;
}

export function reviewCommands(page: number, around: ReviewSurroundings): Pick<CommandHandlers, ReviewCommandName> {
  const { programs, isRecording } = around;
  // The table's types say the same of each name; they are lost when it is walked through.
  const questions = Object.fromEntries(
    reviewQueryNames.map((name) => [
      name,
      (query: ReviewQuestion['query']) => programs.ask(page, { name, query } as ReviewQuestion),
    ]),
  ) as unknown as Pick<CommandHandlers, ReviewQueryName>;
  return {
    ...questions,
    'review.open': ({ folder }) => programs.open(page, folder),
    'review.close': ({ folder }) => {
      programs.close(page, folder);
      return { answer: { done: true } };
    },
    'review.cancel': ({ folder, ticket }) => {
      programs.takeBack(page, folder, ticket);
      return { answer: { done: true } };
    },
    'review.notes': async ({ folder }) => {
      const opened = await sessionAt(folder);
      if ('refusal' in opened) return opened;
      const { lines, problems } = await readNotes(folder);
      return { answer: { notes: lines, problems: problems.map(chainProblemWords) } };
    },
    'review.note': async ({ folder, withdraws, ...draft }) => {
      const opened = await sessionAt(folder);
      if ('refusal' in opened) return opened;
      const note = { ...draft, ...(withdraws === undefined ? {} : { withdraws }) };
      return { answer: await writeNote(folder, opened.session, note, around) };
    },
    'review.signOff': async (request) => {
      const opened = await sessionAt(request.folder);
      if ('refusal' in opened) return opened;
      if (isRecording(request.folder))
        return { refusal: { code: 'not-now', what: 'this session is being recorded', cure: 'End it first.' } };
      return signOff(request, around);
    },
  };
}
