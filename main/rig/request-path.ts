// The one way of a request for a stimulus: journalled, decided, recorded, sent. Whoever asks goes this way. Rig thread.
import type { Fault } from '../../common/contract/faults.ts';
import { type Refusal, refusalCodes, refuse } from '../../common/contract/refusals.ts';
import { type RequestOrigin, requestOrigins } from '../../common/journal/records.ts';
import type { StimulusRequest as WantedStimulus } from '../../common/simulation-protocol/result.ts';
import type { Interlock } from './interlock/interlock.ts';
import type { StimulusRequest } from './interlock/stimulus-request.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { Counters } from './session/counters.ts';
import type { Gate } from './stimulation/gate.ts';
import type { PulseBook } from './stimulation/pulse-book.ts';

export interface RequestParts {
  nowNs: () => number;
  interlock: Interlock;
  gate: Gate;
  pulses: PulseBook;
  journal: JournalWriter;
  counters: Counters;
  /** Age of the data from which on a tick is late, ns. */
  deadlineNs: number;
  raise(fault: Fault): void;
}

/** The data that led to a request. */
export interface RequestCause {
  tick: number;
  /** When its newest sample was acquired. */
  acquiredNs: number;
  /** Whether the tick was late: then the request is journalled and refused, whatever the interlock would say. */
  isLate: boolean;
}

export class RequestPath {
  readonly #parts: RequestParts;
  #requests = 0;
  /** Whether the protocol's current phase stimulates. */
  doesPhaseStimulate = false;
  /** Whether the stimulator has confirmed the armed session. */
  isOutputConfirmed = false;

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  /** @returns the number of the pulse that is on its way, or why there is none. */
  take(wanted: WantedStimulus, origin: RequestOrigin, cause: RequestCause): number | Refusal {
    const { gate, counters, pulses, nowNs } = this.#parts;
    const request: StimulusRequest = { ...wanted, request: ++this.#requests, tick: cause.tick, origin };
    counters.requests++;
    this.#journal(request);
    const verdict = this.#decide(request, cause);
    if ('kind' in verdict) return this.#refuse(request, verdict);
    counters.permits++;
    const refused = gate.drive(verdict);
    if (refused !== undefined) return this.#refuse(request, refused);
    pulses.add(verdict, nowNs());
    return verdict.sequence;
  }

  #decide(request: StimulusRequest, { acquiredNs, isLate }: RequestCause) {
    const { interlock, nowNs, deadlineNs } = this.#parts;
    const now = nowNs();
    if (isLate) return refuse('late', (now - acquiredNs) / 1e6, deadlineNs / 1e6);
    if (!this.isOutputConfirmed) return refuse('not-armed');
    return interlock.decide(request, { nowNs: now, acquiredNs, doesPhaseStimulate: this.doesPhaseStimulate });
  }

  #refuse(request: StimulusRequest, refused: Refusal): Refusal {
    const { interlock, journal, counters, nowNs, raise } = this.#parts;
    const { code, value, bound } = refused;
    counters.refuse(code);
    journal.refusal({ request: request.request, value, bound, code: refusalCodes.indexOf(code), spare: 0 });
    const fault = interlock.noteRefusal(refused, nowNs());
    if (fault !== undefined) raise(fault);
    return refused;
  }

  #journal(request: StimulusRequest): void {
    this.#parts.journal.request({
      request: request.request,
      tick: request.tick,
      amplitudeNanoamps: request.amplitudeNanoamps,
      phaseMicroseconds: request.phaseMicroseconds,
      interphaseMicroseconds: request.interphaseMicroseconds,
      electrode: request.electrode,
      readout: request.readout,
      origin: requestOrigins.indexOf(request.origin),
      isCathodicFirst: request.leadingPhase === 'cathodic' ? 1 : 0,
      spare: 0,
    });
  }
}
