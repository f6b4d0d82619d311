// Makes one row of each request for a stimulus: what was asked, what became of it, what was delivered; analysis process.
import { requestFate } from '../../common/contract/review.ts';
import { pulseOutcomes } from '../../common/device-protocol/device-outcome.ts';
import type { StructValue, ValueOf } from '../../common/base/struct.ts';
import type { DeliveryMeasureRecord, DeliveryRecord, RefusalRecord, RequestRecord } from '../journal/record-visitor.ts';
import type { requestRow } from './review-layout.ts';

export type RequestRow = StructValue<Record<keyof ValueOf<typeof requestRow>, 'f64'>>;

const delivered = pulseOutcomes.indexOf('delivered');

/** Holds only requests whose fate is open, and the delivery whose measurement may follow. */
export class RequestRows {
  readonly #write: (row: RequestRow) => void;
  readonly #open = new Map<number, { row: RequestRow; isPermitted: boolean }>();
  #answered: RequestRow | undefined;

  constructor(write: (row: RequestRow) => void) {
    this.#write = write;
  }

  /** @param at the newest sample. */
  request(request: RequestRecord, at: number): void {
    const row = { ...rowOf(request.request, at, request.electrode), askedNanoamps: request.amplitudeNanoamps };
    row.phaseMicroseconds = request.phaseMicroseconds;
    row.origin = request.origin;
    row.isCathodicFirst = request.isCathodicFirst;
    this.#open.set(request.request, { row, isPermitted: false });
  }

  permit(request: number): void {
    const open = this.#open.get(request);
    if (open !== undefined) open.isPermitted = true;
  }

  refusal({ request, code }: RefusalRecord, at: number): void {
    this.#writeAnswered();
    this.#write({ ...this.#close(request, at, 0), fate: requestFate.refused, code });
  }

  /** @param pulseAt where the pulse began; the newest sample when there was none. */
  delivery({ request, electrode, amplitudeNanoamps, outcome }: DeliveryRecord, pulseAt: number): void {
    this.#writeAnswered();
    const row = this.#close(request, pulseAt, electrode);
    this.#answered =
      outcome === delivered
        ? { ...row, at: pulseAt, fate: requestFate.delivered, code: outcome, deliveredNanoamps: amplitudeNanoamps }
        : { ...row, fate: requestFate.refusedByDevice, code: outcome };
  }

  measure({ request, firstFemtocoulombs, secondFemtocoulombs }: DeliveryMeasureRecord): void {
    if (this.#answered?.request === request)
      this.#answered = { ...this.#answered, firstFemtocoulombs, secondFemtocoulombs };
    this.#writeAnswered();
  }

  /** Writes what is known of the rest. Nothing is decided about a request that was neither permitted nor refused. */
  finish(): void {
    this.#writeAnswered();
    for (const { row, isPermitted } of this.#open.values())
      this.#write({ ...row, fate: isPermitted ? requestFate.unanswered : requestFate.undecided });
    this.#open.clear();
  }

  #writeAnswered(): void {
    if (this.#answered !== undefined) this.#write(this.#answered);
    this.#answered = undefined;
  }

  /** A request that is not in the journal, which is damaged then, is made from its answer. */
  #close(request: number, at: number, electrode: number): RequestRow {
    const open = this.#open.get(request);
    this.#open.delete(request);
    return open?.row ?? rowOf(request, at, electrode);
  }
}

function rowOf(request: number, at: number, electrode: number): RequestRow {
  return {
    at,
    request,
    electrode,
    firstFemtocoulombs: 0,
    secondFemtocoulombs: 0,
    askedNanoamps: 0,
    deliveredNanoamps: 0,
    phaseMicroseconds: 0,
    code: 0,
    fate: requestFate.undecided,
    origin: 0,
    isCathodicFirst: 0,
    spare: 0,
    spareToo: 0,
  };
}
