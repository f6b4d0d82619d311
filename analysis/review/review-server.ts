// Answers questions about one session, several at a time, each of which can be taken back; analysis process.
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { ReviewAnswers, ReviewQueryName } from '../../common/contract/review.ts';
import type { FromReview, ReviewQuestion, ToReview } from '../../common/contract/review-program.ts';
import { packSections, type SectionArray } from '../../common/transport/sections.ts';
import { AnalysisFailure } from '../failure.ts';
import { queryActivity } from './query-activity.ts';
import { queryEvents } from './query-events.ts';
import { queryResponse } from './query-response.ts';
import { queryTraces } from './query-traces.ts';
import type { ReviewIndex } from './review-index.ts';

const takenBack: CommandRefusal = {
  code: 'not-now',
  what: 'the question was taken back',
  cure: 'Ask again if you still want to know.',
};

/** What could not be done, for people. */
export function refusalOf(error: unknown): CommandRefusal {
  if (error instanceof AnalysisFailure)
    return { code: 'failed', what: error.message.replace(/\.$/, ''), cure: error.cure };
  return {
    code: 'failed',
    what: `the session cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    cure: 'Check the disk of the session, then open it again; the journal is unchanged.',
  };
}

function answer(
  index: ReviewIndex,
  question: ReviewQuestion,
  signal: AbortSignal,
): Promise<ReviewAnswers[ReviewQueryName]> {
  switch (question.name) {
    case 'review.traces':
      return queryTraces(index, question.query, signal);
    case 'review.activity':
      return queryActivity(index, question.query, signal);
    case 'review.events':
      return queryEvents(index, question.query, signal);
    case 'review.response':
      return queryResponse(index, question.query, signal);
  }
}

/** Plain values first, typed arrays as sections. */
function pack(value: object): Uint8Array {
  const isArray = (part: unknown): part is SectionArray => ArrayBuffer.isView(part);
  const entries = Object.entries(value);
  return packSections(
    Object.fromEntries(entries.filter(([, part]) => !isArray(part))),
    Object.fromEntries(entries.filter((entry): entry is [string, SectionArray] => isArray(entry[1]))),
  );
}

export class ReviewServer {
  readonly #index: ReviewIndex;
  readonly #send: (message: FromReview) => void;
  readonly #open = new Map<number, AbortController>();

  constructor(index: ReviewIndex, send: (message: FromReview) => void) {
    this.#index = index;
    this.#send = send;
  }

  /** Answers when the question is answered or refused. */
  async take(message: Exclude<ToReview, { kind: 'recorded' }>): Promise<void> {
    const { id } = message;
    if (message.kind === 'take-back') {
      this.#open.get(id)?.abort();
      return;
    }
    const abort = new AbortController();
    this.#open.set(id, abort);
    try {
      const answered = await answer(this.#index, message.question, abort.signal);
      abort.signal.throwIfAborted();
      this.#send({ kind: 'answer', id, packed: pack(answered) });
    } catch (error) {
      this.#send({ kind: 'refused', id, refusal: abort.signal.aborted ? takenBack : refusalOf(error) });
    } finally {
      this.#open.delete(id);
    }
  }
}
