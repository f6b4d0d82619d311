// One opened recorded session: its pieces fetched as they are looked at, its events and notes. Runs in the page.
import type { CommandRefusal, CoreNotice } from '../../common/contract/commands.ts';
import {
  type ReviewActivity,
  type ReviewDescription,
  type ReviewEvents,
  type ReviewNote,
  type ReviewQuery,
  type ReviewResponse,
  type ReviewTraces,
  type SignedNote,
  type SignOffVerdict,
  signaturesOf,
  standingNotes,
} from '../../common/contract/review.ts';
import { blockChannels, type ReviewScene } from '../../common/figures/review/review-scene.ts';
import { ReviewWindow } from '../../common/figures/review/review-window.ts';
import { TileCache, tileColumns, type TileName } from '../../common/figures/review/tile-cache.ts';
import type { GiveCommand } from './give-command.ts';

const traceLimits = { kept: 160, underway: 6 };
const activityLimits = { kept: 64, underway: 3 };

/** What is written as a note. */
export type NoteDraft = Pick<ReviewNote, 'fromSeconds' | 'toSeconds' | 'label' | 'text'>;

/** One opened session; its parts never change place, so that plots can hold on to them. */
export class OpenReview implements ReviewScene {
  description: ReviewDescription = $state.raw({} as ReviewDescription);
  /** Of the whole session; undefined until they have come. */
  events = $state.raw<ReviewEvents | undefined>();
  allNotes = $state.raw<readonly ReviewNote[]>([]);
  noteProblems = $state.raw<readonly string[]>([]);
  /** Why it can no longer be read. */
  problem = $state.raw<CommandRefusal | undefined>();
  readonly window: ReviewWindow;
  readonly traces: TileCache<ReviewTraces>;
  readonly activity: TileCache<ReviewActivity>;
  readonly #call: GiveCommand;
  readonly #refuse: (refusal: CommandRefusal) => void;
  #nextTicket = 1;
  #isAskingEvents = false;
  #areEventsStale = false;

  constructor(description: ReviewDescription, call: GiveCommand, refuse: (refusal: CommandRefusal) => void) {
    this.description = description;
    this.#call = call;
    this.#refuse = refuse;
    this.window = new ReviewWindow(description.sampleRateHz, description.samples);
    const ticket = () => this.#nextTicket++;
    const takeBack = (taken: number) => void call('review.cancel', { folder: this.folder, ticket: taken });
    this.traces = new TileCache(
      { load: (name, asked) => this.#loadTraces(name, asked), takeBack },
      ticket,
      traceLimits,
    );
    this.activity = new TileCache(
      { load: (name, asked) => this.#loadActivity(name, asked), takeBack },
      ticket,
      activityLimits,
    );
    this.#takeSamples(description.samples);
    void this.#readNotes();
  }

  get folder(): string {
    return this.description.folder;
  }

  /** Numbers of notes that a later note withdraws. */
  get withdrawn(): ReadonlySet<number> {
    return new Set(this.allNotes.flatMap(({ withdraws }) => withdraws ?? []));
  }

  /** What was written about a stretch, withdrawn or not. */
  get writtenNotes(): readonly ReviewNote[] {
    return this.allNotes.filter(({ withdraws, signOff }) => withdraws === undefined && signOff === undefined);
  }

  get notes(): readonly ReviewNote[] {
    return standingNotes(this.allNotes);
  }

  get signOffs(): readonly SignedNote[] {
    return signaturesOf(this.allNotes);
  }

  note(notice: Extract<CoreNotice, { notice: 'review' }>): void {
    if ('problem' in notice) {
      this.problem = notice.problem;
      return;
    }
    this.description = { ...this.description, ...notice.progress };
    this.#takeSamples(notice.progress.samples);
  }

  /** @returns what answers, undefined when it was refused, which is then told. */
  async askResponse(
    query: Omit<ReviewQuery<'review.response'>, 'folder' | 'ticket'>,
  ): Promise<ReviewResponse | undefined> {
    const outcome = await this.#call('review.response', { folder: this.folder, ticket: this.#nextTicket++, ...query });
    if ('answer' in outcome) return outcome.answer;
    this.#refuse(outcome.refusal);
    return undefined;
  }

  /** @returns whether it is on disk. */
  async addNote(draft: NoteDraft, author: string, withdraws?: number): Promise<boolean> {
    const outcome = await this.#call('review.note', {
      folder: this.folder,
      ...draft,
      author,
      ...(withdraws === undefined ? {} : { withdraws }),
    });
    if ('refusal' in outcome) this.#refuse(outcome.refusal);
    await this.#readNotes();
    return 'answer' in outcome;
  }

  /** The note itself stays in the file, and so does who took it back. */
  withdraw({ number, label, fromSeconds, toSeconds }: ReviewNote, author: string): Promise<boolean> {
    return this.addNote({ fromSeconds, toSeconds, label, text: `withdraws note ${number}` }, author, number);
  }

  /** @returns whether it is signed; a session that is not as it was recorded is not, which is then told. */
  async signOff(verdict: SignOffVerdict, statement: string, author: string): Promise<boolean> {
    const outcome = await this.#call('review.signOff', { folder: this.folder, verdict, statement, author });
    if ('refusal' in outcome) this.#refuse(outcome.refusal);
    await this.#readNotes();
    return 'answer' in outcome;
  }

  #takeSamples(samples: number): void {
    this.traces.sessionSamples = samples;
    this.activity.sessionSamples = samples;
    this.window.grow(samples);
    this.#areEventsStale = true;
    void this.#readEvents();
  }

  async #readEvents(): Promise<void> {
    if (this.#isAskingEvents) return;
    this.#isAskingEvents = true;
    while (this.#areEventsStale) {
      this.#areEventsStale = false;
      const toSample = Math.max(1, this.window.sessionSamples);
      const query = { folder: this.folder, ticket: this.#nextTicket++, fromSample: 0, toSample };
      const outcome = await this.#call('review.events', query);
      if ('answer' in outcome) this.events = outcome.answer;
    }
    this.#isAskingEvents = false;
  }

  async #readNotes(): Promise<void> {
    const outcome = await this.#call('review.notes', { folder: this.folder });
    if ('refusal' in outcome) return this.#refuse(outcome.refusal);
    this.allNotes = outcome.answer.notes;
    this.noteProblems = outcome.answer.problems;
  }

  async #loadTraces({ samplesPerColumn, tile, block }: TileName, ticket: number): Promise<ReviewTraces | undefined> {
    const outcome = await this.#call('review.traces', {
      folder: this.folder,
      ticket,
      fromSample: tile * tileColumns * samplesPerColumn,
      samplesPerColumn,
      columns: tileColumns,
      firstChannel: block * blockChannels,
      channels: blockChannels,
    });
    return 'answer' in outcome ? outcome.answer : undefined;
  }

  async #loadActivity({ samplesPerColumn, tile }: TileName, ticket: number): Promise<ReviewActivity | undefined> {
    const outcome = await this.#call('review.activity', {
      folder: this.folder,
      ticket,
      fromSample: tile * tileColumns * samplesPerColumn,
      samplesPerColumn,
      columns: tileColumns,
    });
    return 'answer' in outcome ? outcome.answer : undefined;
  }
}
