// The sessions that pages look at: one review program each, started with the first page and ended with the last. Main thread.
import type { CommandOutcome, HandlerOutcome } from '../../common/transport/rpc.ts';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { ReviewProgress, ReviewQueryName } from '../../common/contract/review.ts';
import type { ReviewQuestion } from '../../common/contract/review-program.ts';
import type { Platform } from '../rig/platform.ts';
import { ReviewProgram } from './review-program.ts';

export interface ReviewProgramsParts {
  platform: Platform;
  /** Whether this session is being recorded now. */
  isRecording(folder: string): boolean;
  notify(page: number, news: { folder: string } & ({ progress: ReviewProgress } | { problem: CommandRefusal })): void;
}

/** More sessions at a time are not opened: each is a program. */
const programsMax = 6;
/** Who has a session open for whom no page stands: its index is made. */
const nobody = -1;

interface OpenSession {
  program: ReviewProgram;
  pages: Set<number>;
}

const notOpen = (folder: string): { refusal: CommandRefusal } => ({
  refusal: { code: 'not-found', what: `the session ${folder} is not open`, cure: 'Open it in the list of sessions.' },
});

export class ReviewPrograms {
  readonly #parts: ReviewProgramsParts;
  readonly #open = new Map<string, OpenSession>();

  constructor(parts: ReviewProgramsParts) {
    this.#parts = parts;
  }

  async open(page: number, folder: string): Promise<CommandOutcome<'review.open'>> {
    const session = this.#open.get(folder) ?? this.#start(folder);
    if (session === undefined) {
      const what = `${programsMax} sessions are open already`;
      return { refusal: { code: 'not-now', what, cure: 'Close one of them first.' } };
    }
    session.pages.add(page);
    const outcome = await session.program.describe();
    if ('refusal' in outcome) this.#end(folder, session);
    return outcome;
  }

  /** @param folder undefined: whatever the page has open. */
  close(page: number, folder?: string): void {
    for (const [name, session] of this.#open) {
      if (folder !== undefined && name !== folder) continue;
      session.pages.delete(page);
      if (session.pages.size === 0) this.#end(name, session);
    }
  }

  ask(page: number, question: ReviewQuestion): Promise<HandlerOutcome<ReviewQueryName>> {
    const { folder, ticket } = question.query;
    const session = this.#open.get(folder);
    return session === undefined ? Promise.resolve(notOpen(folder)) : session.program.ask(page, ticket, question);
  }

  takeBack(page: number, folder: string, ticket: number): void {
    this.#open.get(folder)?.program.takeBack(page, ticket);
  }

  /** The recording of a session has ended. */
  recorded(folder: string): void {
    this.#open.get(folder)?.program.recorded();
  }

  /** Makes the index of a session where there is none, so that it opens at once later. @returns why it could not be made. */
  async prepare(folder: string, onProgress: (fraction: number) => void): Promise<CommandRefusal | undefined> {
    const outcome = await this.open(nobody, folder);
    if ('refusal' in outcome) return outcome.refusal;
    const refusal = await this.#open.get(folder)?.program.untilWhole(onProgress);
    this.close(nobody, folder);
    return refusal;
  }

  /** Ends every program. */
  async end(): Promise<void> {
    const sessions = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(sessions.map(({ program }) => program.end()));
  }

  #start(folder: string): OpenSession | undefined {
    if (this.#open.size >= programsMax) return undefined;
    const { platform, isRecording, notify } = this.#parts;
    const pages = new Set<number>();
    const tell = (news: { progress: ReviewProgress } | { problem: CommandRefusal }) => {
      for (const page of pages) if (page !== nobody) notify(page, { folder, ...news });
    };
    const program = new ReviewProgram(
      platform.startProgram('review', [folder, isRecording(folder) ? 'recording' : 'recorded']),
      {
        onProgress: (progress) => tell({ progress }),
        onFailure: (problem) => {
          tell({ problem });
          if (this.#open.get(folder) === session) this.#open.delete(folder);
        },
      },
    );
    const session = { program, pages };
    this.#open.set(folder, session);
    return session;
  }

  #end(folder: string, session: OpenSession): void {
    if (this.#open.get(folder) === session) this.#open.delete(folder);
    void session.program.end();
  }
}
