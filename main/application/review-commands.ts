// The commands of the pages on recorded sessions: questions go to the review program, notes to their file. Main thread.
import type { reviewRequests } from '../../common/contract/review.ts';
import { type ReviewQueryName, reviewQueryNames } from '../../common/contract/review.ts';
import type { ReviewQuestion } from '../../common/contract/review-program.ts';
import type { CommandHandlers } from '../../common/transport/rpc.ts';
import { addNote, readNotes } from '../library/session-notes.ts';
import { refuseIfNoSession } from './refuse-if-no-session.ts';
import type { ReviewPrograms } from './review-programs.ts';
import { isoWithOffset } from './session-time.ts';

export type ReviewCommandName = keyof typeof reviewRequests;

/** @param onNote a note was written into a session's folder */
export function reviewCommands(
  page: number,
  programs: ReviewPrograms,
  onNote: (folder: string) => void,
): Pick<CommandHandlers, ReviewCommandName> {
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
    'review.notes': async ({ folder }) => (await refuseIfNoSession(folder)) ?? { answer: await readNotes(folder) },
    'review.note': async ({ folder, withdraws, ...note }) => {
      const refused = await refuseIfNoSession(folder);
      if (refused !== undefined) return refused;
      const draft = {
        ...note,
        writtenAt: isoWithOffset(new Date()),
        ...(withdraws === undefined ? {} : { withdraws }),
      };
      const answer = await addNote(folder, draft);
      onNote(folder);
      return { answer };
    },
  };
}
