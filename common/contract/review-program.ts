// Messages between the main process and the review program, which has one session open.
import type { CommandRefusal } from './commands.ts';
import type { ReviewDescription, ReviewProgress, ReviewQuery, ReviewQueryName } from './review.ts';

export type ReviewQuestion = { [N in ReviewQueryName]: { name: N; query: ReviewQuery<N> } }[ReviewQueryName];

export type ToReview =
  | { kind: 'ask'; id: number; question: ReviewQuestion }
  | { kind: 'take-back'; id: number }
  /** The journal is complete: the recording has ended. */
  | { kind: 'recorded' };

export type FromReview =
  /** First message of a program that succeeded in opening the session. */
  | { kind: 'opened'; description: ReviewDescription }
  | { kind: 'progress'; progress: ReviewProgress }
  /** `packed`: sections of the answer (`common/transport/sections.ts`). */
  | { kind: 'answer'; id: number; packed: Uint8Array }
  | { kind: 'refused'; id: number; refusal: CommandRefusal }
  /** The session cannot be opened, or its index cannot be made; the program ends. */
  | { kind: 'failed'; refusal: CommandRefusal };
