// One review program as the application uses it: questions go in, answers come out in any order. Main thread.
import type { CommandOutcome, HandlerOutcome } from '../../common/transport/rpc.ts';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { ReviewDescription, ReviewProgress, ReviewQueryName } from '../../common/contract/review.ts';
import type { FromReview, ReviewQuestion, ToReview } from '../../common/contract/review-program.ts';
import type { ChildProgram } from '../rig/platform.ts';
import { lowerPriority } from './process-priority.ts';

export interface ReviewProgramListeners {
  onProgress(progress: ReviewProgress): void;
  /** The program has ended by itself, or will. Called once at most. */
  onFailure(refusal: CommandRefusal): void;
}

/** Questions of all pages that may wait at a time. */
const openMax = 64;

const ended: CommandRefusal = {
  code: 'failed',
  what: 'the review program has ended',
  cure: 'Open the session again; the journal is unchanged.',
};

interface OpenQuestion {
  key: string;
  settle: (outcome: HandlerOutcome<ReviewQueryName>) => void;
}

export class ReviewProgram {
  readonly #program: ChildProgram;
  readonly #questions = new Map<number, OpenQuestion>();
  readonly #listeners: ReviewProgramListeners;
  #nextId = 1;
  #description: ReviewDescription | undefined;
  #failure: CommandRefusal | undefined;
  /** Whoever waits for something to change looks again. */
  #waiting: (() => void)[] = [];
  readonly #exited: Promise<void>;

  constructor(program: ChildProgram, listeners: ReviewProgramListeners) {
    this.#program = program;
    this.#listeners = listeners;
    lowerPriority(program.pid);
    program.onMessage((message) => this.#take(message as FromReview));
    this.#exited = new Promise((resolve) => {
      program.onExit(() => {
        this.#fail(ended);
        resolve();
      });
    });
  }

  /** What the session is, and how far its index is now. */
  async describe(): Promise<CommandOutcome<'review.open'>> {
    for (;;) {
      if (this.#failure !== undefined) return { refusal: this.#failure };
      if (this.#description !== undefined) return { answer: this.#description };
      await this.#change();
    }
  }

  /** @returns why the index cannot be made. */
  async untilWhole(onProgress: (fraction: number) => void): Promise<CommandRefusal | undefined> {
    while (this.#failure === undefined && this.#description?.state !== 'whole') {
      await this.#change();
      onProgress(this.#description?.fraction ?? 0);
    }
    return this.#failure;
  }

  ask(page: number, ticket: number, question: ReviewQuestion): Promise<HandlerOutcome<ReviewQueryName>> {
    if (this.#failure !== undefined) return Promise.resolve({ refusal: this.#failure });
    if (this.#questions.size >= openMax) {
      const what = `${openMax} questions about this session wait for an answer`;
      return Promise.resolve({ refusal: { code: 'not-now', what, cure: 'Wait for one of them.' } });
    }
    const id = this.#nextId++;
    return new Promise((settle) => {
      this.#questions.set(id, { key: `${page}:${ticket}`, settle });
      this.#send({ kind: 'ask', id, question });
    });
  }

  takeBack(page: number, ticket: number): void {
    for (const [id, { key }] of this.#questions) if (key === `${page}:${ticket}`) this.#send({ kind: 'take-back', id });
  }

  recorded(): void {
    this.#send({ kind: 'recorded' });
  }

  /** Ends the program. @returns when it has ended. */
  async end(): Promise<void> {
    this.#failure ??= ended;
    this.#settleAll(ended);
    this.#program.dispose();
    await this.#exited;
  }

  #send(message: ToReview): void {
    this.#program.send(message);
  }

  #take(message: FromReview): void {
    switch (message.kind) {
      case 'opened':
        this.#description = message.description;
        break;
      case 'progress':
        if (this.#description !== undefined) this.#description = { ...this.#description, ...message.progress };
        this.#listeners.onProgress(message.progress);
        break;
      case 'answer':
        this.#settle(message.id, { packed: message.packed });
        return;
      case 'refused':
        this.#settle(message.id, { refusal: message.refusal });
        return;
      case 'failed':
        this.#fail(message.refusal);
        return;
    }
    this.#tellChange();
  }

  #fail(refusal: CommandRefusal): void {
    if (this.#failure !== undefined) return;
    this.#failure = refusal;
    this.#settleAll(refusal);
    this.#listeners.onFailure(refusal);
  }

  #settle(id: number, outcome: HandlerOutcome<ReviewQueryName>): void {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    question?.settle(outcome);
  }

  #settleAll(refusal: CommandRefusal): void {
    for (const id of [...this.#questions.keys()]) this.#settle(id, { refusal });
    this.#tellChange();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #tellChange(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
