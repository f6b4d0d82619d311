// What is asked about spikes and samples around events, and the answers of the reviewed session and of one that is compared with it. Runs in the page.
import type { ReviewResponse } from '../../common/contract/review.ts';
import { overlaidWindow } from '../plots/review/alignment.ts';
import type { SessionResponse } from '../plots/review/response-columns.ts';
import type { Comparison } from './comparison.svelte.ts';
import type { OpenReview } from './open-review.svelte.ts';
import { type Alignment, alignmentsOf, alignTo, delivered } from './response-alignment.ts';

type Query = Parameters<OpenReview['askResponse']>[0];

/** Of both sessions. */
export interface AskedResponses {
  own: Query;
  other: { of: OpenReview; query: Query } | undefined;
}

export class ResponseQuestion {
  readonly #sessions: () => { session: OpenReview; comparison: Comparison | undefined };
  /** Id of an alignment. */
  alignedTo = $state(delivered.id);
  /** −1: any. */
  electrode = $state(-1);
  /** −1: of all electrodes. */
  spikesOf = $state(-1);
  averageOf = $state(0);
  beforeMilliseconds = $state(20);
  afterMilliseconds = $state(80);
  binMilliseconds = $state(1);
  isWindowOnly = $state(false);
  isAsking = $state(false);
  answer = $state.raw<ReviewResponse | undefined>();
  /** Of the second session; undefined while there is none, or it has no such electrode. */
  otherAnswer = $state.raw<ReviewResponse | undefined>();
  #next: AskedResponses | undefined;

  constructor(sessions: () => { session: OpenReview; comparison: Comparison | undefined }) {
    this.#sessions = sessions;
  }

  get alignments(): Alignment[] {
    return alignmentsOf(this.#sessions().session.description);
  }
  get alignment(): Alignment {
    return this.alignments.find(({ id }) => id === this.alignedTo) ?? delivered;
  }

  /** Undefined while a field holds no number. */
  get asked(): AskedResponses | undefined {
    const { session, comparison } = this.#sessions();
    const own = this.#ownQuery(session);
    if (own === undefined) return undefined;
    return { own, other: comparison === undefined ? undefined : this.#otherOf(own, session, comparison) };
  }

  #ownQuery(session: OpenReview): Query | undefined {
    const { beforeMilliseconds, afterMilliseconds, binMilliseconds, averageOf, spikesOf } = this;
    const numbers = [beforeMilliseconds, afterMilliseconds, binMilliseconds];
    if (numbers.some((value) => typeof value !== 'number' || value <= 0)) return undefined;
    const align = alignTo(this.alignment.id, this.electrode, session);
    if (align === undefined) return undefined;
    return {
      align,
      ...this.#stretch(session, session.window),
      ...{ beforeMilliseconds, afterMilliseconds, binMilliseconds, averageOf },
      ...(spikesOf < 0 ? {} : { spikesOf }),
    };
  }

  /** The same of the second session, in the same stretch of time. */
  #otherOf(own: Query, session: OpenReview, { second, shiftSeconds }: Comparison): AskedResponses['other'] {
    const isThere = (channel: number) => channel < second.description.channels;
    if (!isThere(this.spikesOf) || (this.alignment.isOnElectrode && !isThere(this.electrode))) return undefined;
    const align = alignTo(this.alignment.id, this.electrode, second);
    if (align === undefined) return undefined;
    const stretch = this.#stretch(second, overlaidWindow(session.window, shiftSeconds, second.description));
    return { of: second, query: { ...own, align, ...stretch } };
  }

  #stretch(of: OpenReview, { fromSample, toSample }: { fromSample: number; toSample: number }) {
    const { samples } = of.description;
    const within = (sample: number) => Math.max(0, Math.min(sample, samples));
    return {
      fromSample: this.isWindowOnly ? within(Math.floor(fromSample)) : 0,
      toSample: this.isWindowOnly ? within(Math.ceil(toSample)) : Math.max(1, samples),
    };
  }

  /** One question at a time; of those that come meanwhile, the newest is asked next. */
  async ask(asked: AskedResponses): Promise<void> {
    this.#next = asked;
    if (this.isAsking) return;
    this.isAsking = true;
    while (this.#next !== undefined) {
      const { own, other }: AskedResponses = this.#next;
      this.#next = undefined;
      const { session } = this.#sessions();
      [this.answer, this.otherAnswer] = await Promise.all([
        session.askResponse(own),
        other?.of.askResponse(other.query),
      ]);
    }
    this.isAsking = false;
  }

  /** The second one only where a second one is chosen: a chart has as many series as sessions. */
  get responses(): SessionResponse[] {
    const { session, comparison } = this.#sessions();
    if (this.answer === undefined) return [];
    const own = this.#responseOf(session, this.answer);
    if (comparison === undefined || this.otherAnswer === undefined) return [own];
    return [own, this.#responseOf(comparison.second, this.otherAnswer)];
  }

  #responseOf({ description }: OpenReview, answer: ReviewResponse): SessionResponse {
    const { sampleRateHz, channels } = description;
    return { answer, sampleRateHz, sources: this.spikesOf < 0 ? channels : 1 };
  }
}
