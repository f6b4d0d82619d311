// The one way of a request for a stimulus: journalled, decided, recorded, sent. Whoever asks goes this way. Rig thread.
import type { Fault } from '../../common/contract/faults.ts';
import { type Refusal, refusalCodes, refuse } from '../../common/contract/refusals.ts';
import { rampedNanoamps } from '../../common/experiment/ramp.ts';
import { type RequestOrigin, requestOrigins } from '../../common/journal/records.ts';
import type { StimulusRequest as WantedStimulus } from '../../common/simulation-protocol/result.ts';
import type { DecisionContext, Interlock } from './interlock/interlock.ts';
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
  /** Of the stimulator. */
  complianceMillivolts: number;
  /** Of the experiment: 0 for none. */
  rampSeconds: number;
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

/** What the rest of the rig knows and a decision needs; kept up to date by whoever hears of it first. */
export interface Surroundings {
  /** Whether the protocol's current phase stimulates. */
  doesPhaseStimulate: boolean;
  /** Stream time since the protocol's phase began, s: amplitudes rise during the experiment's ramp. */
  rampElapsedSeconds: number;
  /** Session that the stimulator has confirmed as armed; 0: none. */
  confirmedSession: number;
  heardNs: number;
  presentNs: number;
  heldNs: number;
  /** Of each electrode at 1 kHz as measured at arming, Ω. */
  impedancesOhms: readonly number[];
  /** Of the device, as it said at arming. */
  amplitudeStepNanoamps: number;
}

export class RequestPath {
  readonly #parts: RequestParts;
  readonly #impedanceOhms = (electrode: number) => this.surroundings.impedancesOhms[electrode] ?? Number.NaN;
  #requests = 0;
  readonly surroundings: Surroundings = {
    doesPhaseStimulate: false,
    rampElapsedSeconds: 0,
    confirmedSession: 0,
    heardNs: -Infinity,
    presentNs: -Infinity,
    heldNs: -Infinity,
    impedancesOhms: [],
    amplitudeStepNanoamps: 1,
  };

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  /** @returns the number of the pulse that is on its way, or why there is none. */
  take(wanted: WantedStimulus, origin: RequestOrigin, cause: RequestCause): number | Refusal {
    const { gate, counters, pulses, nowNs } = this.#parts;
    const amplitudeNanoamps = origin === 'simulation' ? this.#ramped(wanted) : wanted.amplitudeNanoamps;
    const request: StimulusRequest = {
      ...wanted,
      amplitudeNanoamps,
      request: ++this.#requests,
      tick: cause.tick,
      origin,
    };
    counters.requests++;
    this.#journal(request);
    const verdict = this.#decide(request, cause);
    if ('kind' in verdict) return this.#refuse(request, verdict);
    counters.permits++;
    const refused = gate.drive(verdict, this.surroundings.confirmedSession);
    if (refused !== undefined) return this.#refuse(request, refused);
    pulses.add(verdict, nowNs());
    return verdict.sequence;
  }

  /**
   * The simulation asks for a stimulus by name; what the protocol makes of it rises during its ramp: with time, not faster than the
   * electrode's last pulse lets it rise, and in steps of the device. What is no amplitude, or beyond the limit, is left to be refused.
   */
  #ramped({ amplitudeNanoamps, electrode }: WantedStimulus): number {
    const { interlock, nowNs, rampSeconds } = this.#parts;
    const { rampElapsedSeconds, amplitudeStepNanoamps } = this.surroundings;
    if (!(rampSeconds > 0 && Number.isSafeInteger(amplitudeNanoamps) && amplitudeNanoamps > 0))
      return amplitudeNanoamps;
    const limits = interlock.limits.electrodes.get(electrode)?.limits;
    const history = interlock.dose.historyOf(electrode);
    if (limits === undefined || history === undefined) return amplitudeNanoamps;
    if (amplitudeNanoamps > limits.amplitudeMaxNanoamps) return amplitudeNanoamps;
    const reach = history.amplitudeReachNanoamps(nowNs(), limits);
    const risen = Math.min(rampedNanoamps(amplitudeNanoamps, rampElapsedSeconds, rampSeconds), reach);
    if (risen === amplitudeNanoamps) return amplitudeNanoamps;
    return Math.max(1, Math.floor(risen / amplitudeStepNanoamps)) * amplitudeStepNanoamps;
  }

  #decide(request: StimulusRequest, { acquiredNs, isLate }: RequestCause) {
    const { interlock, nowNs, deadlineNs, complianceMillivolts } = this.#parts;
    const now = nowNs();
    if (isLate) return refuse('late', (now - acquiredNs) / 1e6, deadlineNs / 1e6);
    const { doesPhaseStimulate, confirmedSession, heardNs, presentNs, heldNs } = this.surroundings;
    return interlock.decide(request, {
      doesPhaseStimulate,
      confirmedSession,
      heardNs,
      presentNs,
      heldNs,
      nowNs: now,
      acquiredNs,
      impedanceOhms: this.#impedanceOhms,
      complianceMillivolts,
    } satisfies DecisionContext);
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
