// Which recorded session is looked at, and which one is laid over it: opened, closed, told of their progress. Runs in the page.
import type { CommandRefusal, CoreNotice } from '../../common/contract/commands.ts';
import { type AlignmentChoice, Comparison } from './comparison.svelte.ts';
import type { GiveCommand } from './give-command.ts';
import { OpenReview } from './open-review.svelte.ts';

export class Review {
  /** The session that is looked at; undefined: the list is. */
  session = $state.raw<OpenReview | undefined>();
  /** Folder of the session that is being opened. */
  opening = $state.raw('');
  /** The session that is laid over it, and how. */
  comparison = $state.raw<Comparison | undefined>();
  /** Folder of the session that is being opened to be laid over it. */
  comparing = $state.raw('');
  readonly #call: GiveCommand;
  readonly #refuse: (refusal: CommandRefusal) => void;

  constructor(call: GiveCommand, refuse: (refusal: CommandRefusal) => void) {
    this.#call = call;
    this.#refuse = refuse;
  }

  async open(folder: string): Promise<void> {
    this.close();
    this.opening = folder;
    const outcome = await this.#call('review.open', { folder });
    // Another one was chosen meanwhile, or none.
    if (this.opening !== folder) return;
    this.opening = '';
    if ('refusal' in outcome) this.#refuse(outcome.refusal);
    else this.session = new OpenReview(outcome.answer, this.#call, this.#refuse);
  }

  /** Lays a second session over the one that is looked at, in place of another one. */
  async compareWith(folder: string, choice?: AlignmentChoice): Promise<void> {
    const first = this.session;
    this.stopComparing();
    if (first === undefined || first.folder === folder) return;
    this.comparing = folder;
    const outcome = await this.#call('review.open', { folder });
    // Given up meanwhile, or chosen otherwise.
    if (this.comparing !== folder || this.session !== first) return;
    this.comparing = '';
    if ('refusal' in outcome) return this.#refuse(outcome.refusal);
    const comparison = new Comparison(first, new OpenReview(outcome.answer, this.#call, this.#refuse));
    if (choice !== undefined) comparison.take(choice);
    this.comparison = comparison;
  }

  stopComparing(): void {
    const folder = this.comparison?.second.folder ?? this.comparing;
    if (folder !== '') void this.#call('review.close', { folder });
    this.comparison = undefined;
    this.comparing = '';
  }

  close(): void {
    this.stopComparing();
    const folder = this.session?.folder ?? this.opening;
    if (folder !== '') void this.#call('review.close', { folder });
    this.session = undefined;
    this.opening = '';
  }

  note(notice: Extract<CoreNotice, { notice: 'review' }>): void {
    for (const session of [this.session, this.comparison?.second])
      if (session?.folder === notice.folder) session.note(notice);
  }

  /** On a fresh connection, the core knows nothing of what this page has open. */
  async openAgain(): Promise<void> {
    const folder = this.session?.folder;
    if (folder === undefined) return;
    const { comparison } = this;
    await this.open(folder);
    if (comparison !== undefined && this.session?.folder === folder)
      await this.compareWith(comparison.second.folder, comparison.choice);
  }
}
