// The one way of a request for a stimulus: journalled, decided, recorded, sent. Whoever asks goes this way. Rig thread.
import type { StateArchive } from '../../common/base/state-archive.ts';
import type { CapabilityClass } from '../../common/contract/devices.ts';
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
import type { Turns } from './turns.ts';

export interface RequestParts {
  turns: Turns;
  interlock: Interlock;
  gate: Gate;
  pulses: PulseBook;
  journal: JournalWriter;
  counters: Counters;
  /** Age of the data from which on a tick is late, ns. */
  deadlineNs: number;
  /** Of the stimulator. */
  complianceMillivolts: number;
  capability: CapabilityClass;
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
  #requests = 0;
  /** The surroundings as this request has met them. */
  readonly #seen = {
    doesPhaseStimulate: false,
    rampElapsedSeconds: 0,
    confirmedSession: 0,
    heardNs: -Infinity,
    presentNs: -Infinity,
    heldNs: -Infinity,
    impedanceOhms: Number.NaN,
    amplitudeStepNanoamps: 1,
  };
  readonly #impedanceOhms = () => this.#seen.impedanceOhms;
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
    const { gate, counters, pulses, turns } = this.#parts;
    this.#look(wanted.electrode);
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
    const refused = gate.drive(verdict, this.#seen.confirmedSession);
    if (refused !== undefined) return this.#refuse(request, refused);
    pulses.add(verdict, turns.nowNs());
    return verdict.sequence;
  }

  /** Writes down or takes over what is remembered; the surroundings are read anew for every request. */
  exchange(archive: StateArchive): void {
    this.#requests = archive.number(this.#requests);
  }

  /** What the rest of the rig knows is a reading: a replay finds what this request found. */
  #look(electrode: number): void {
    const { turns } = this.#parts;
    const { doesPhaseStimulate, rampElapsedSeconds, confirmedSession, heardNs, presentNs, heldNs, ...device } =
      this.surroundings;
    const seen = this.#seen;
    seen.doesPhaseStimulate = turns.reading(doesPhaseStimulate ? 1 : 0) === 1;
    seen.rampElapsedSeconds = turns.reading(rampElapsedSeconds);
    seen.confirmedSession = turns.reading(confirmedSession);
    seen.heardNs = turns.reading(heardNs);
    seen.presentNs = turns.reading(presentNs);
    seen.heldNs = turns.reading(heldNs);
    seen.impedanceOhms = turns.reading(device.impedancesOhms[electrode] ?? Number.NaN);
    seen.amplitudeStepNanoamps = turns.reading(device.amplitudeStepNanoamps);
  }

  /**
   * The simulation asks for a stimulus by name; what the protocol makes of it rises during its ramp: with time, not faster than the
   * electrode's last pulse lets it rise, and in steps of the device. What is no amplitude, or beyond the limit, is left to be refused.
   */
  #ramped({ amplitudeNanoamps, electrode }: WantedStimulus): number {
    const { interlock, turns, rampSeconds } = this.#parts;
    const { rampElapsedSeconds, amplitudeStepNanoamps } = this.#seen;
    if (!(rampSeconds > 0 && Number.isSafeInteger(amplitudeNanoamps) && amplitudeNanoamps > 0))
      return amplitudeNanoamps;
    const limits = interlock.limits.electrodes.get(electrode)?.limits;
    const history = interlock.dose.historyOf(electrode);
    if (limits === undefined || history === undefined) return amplitudeNanoamps;
    if (amplitudeNanoamps > limits.amplitudeMaxNanoamps) return amplitudeNanoamps;
    const reach = history.amplitudeReachNanoamps(turns.nowNs(), limits);
    const risen = Math.min(rampedNanoamps(amplitudeNanoamps, rampElapsedSeconds, rampSeconds), reach);
    if (risen === amplitudeNanoamps) return amplitudeNanoamps;
    return Math.max(1, Math.floor(risen / amplitudeStepNanoamps)) * amplitudeStepNanoamps;
  }

  #decide(request: StimulusRequest, { acquiredNs, isLate }: RequestCause) {
    const { interlock, turns, deadlineNs, complianceMillivolts, capability } = this.#parts;
    const now = turns.nowNs();
    if (isLate) return refuse('late', (now - acquiredNs) / 1e6, deadlineNs / 1e6);
    const { doesPhaseStimulate, confirmedSession, heardNs, presentNs, heldNs } = this.#seen;
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
      capability,
    } satisfies DecisionContext);
  }

  #refuse(request: StimulusRequest, refused: Refusal): Refusal {
    const { interlock, journal, counters, turns, raise } = this.#parts;
    const { code, value, bound } = refused;
    counters.refuse(code);
    journal.refusal({ request: request.request, value, bound, code: refusalCodes.indexOf(code), spare: 0 });
    const fault = interlock.noteRefusal(refused, turns.nowNs());
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
