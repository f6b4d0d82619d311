// Brings each request for a stimulus together with its fate: delivered, refused, or unknown; analysis process.
import type { DeliveryRecord, RecordVisitor, RefusalRecord, RequestRecord } from './record-visitor.ts';

export interface RequestFates {
  /** The device answered; `delivery.outcome` says how. `request` is missing when the journal is damaged. */
  onAnswered?(delivery: DeliveryRecord, request: RequestRecord | undefined): void;
  onRefused?(refusal: RefusalRecord, request: RequestRecord | undefined): void;
}

/** Holds only requests whose fate is open. */
export class RequestLedger implements RecordVisitor {
  readonly #fates: RequestFates;
  readonly #open = new Map<number, { request: RequestRecord; isPermitted: boolean }>();

  constructor(fates: RequestFates) {
    this.#fates = fates;
  }

  /** Requests that were permitted and of which nothing more is known. */
  get unanswered(): RequestRecord[] {
    return [...this.#open.values()].filter(({ isPermitted }) => isPermitted).map(({ request }) => request);
  }

  request(request: RequestRecord): void {
    this.#open.set(request.request, { request, isPermitted: false });
  }

  permit({ request }: { request: number }): void {
    const open = this.#open.get(request);
    if (open) open.isPermitted = true;
  }

  refusal(refusal: RefusalRecord): void {
    this.#fates.onRefused?.(refusal, this.#close(refusal.request));
  }

  delivery(delivery: DeliveryRecord): void {
    this.#fates.onAnswered?.(delivery, this.#close(delivery.request));
  }

  #close(number: number): RequestRecord | undefined {
    const open = this.#open.get(number);
    this.#open.delete(number);
    return open?.request;
  }
}
