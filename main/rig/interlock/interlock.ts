// Holds the interlock's record, the limits in force and what was permitted, and gives every event to the reducer and every request to the decision. Rig thread; knows no clock and no device, time is passed in.
import { assert } from '../../../common/base/assert.ts';
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { Fault, FaultCode } from '../../../common/contract/faults.ts';
import type { InterlockState } from '../../../common/contract/interlock-states.ts';
import { expectedRefusals, type Refusal } from '../../../common/contract/refusals.ts';
import type { LimitUse } from '../../../common/contract/rig-status.ts';
import type { EarlierDose } from '../../../common/limits/dose-ledger.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { chargeFemtocoulombs, pulseMicroseconds } from './check-pulse.ts';
import { decide } from './decide.ts';
import { Dose } from './dose.ts';
import { pulsePicojoules } from './heating.ts';
import type { InterlockEvent } from './interlock-event.ts';
import type { CarriedCause } from '../../../common/contract/carried-cause.ts';
import { initialRecord, type InterlockRecord, type InterlockTiming } from './interlock-record.ts';
import { LateTicks } from './late-ticks.ts';
import { limitUse } from './limit-use.ts';
import type { Permit } from './permit.ts';
import { type InterlockAction, isLive, reduce, resetBlockedBy } from './reduce.ts';
import { SlidingCount } from './sliding-count.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** What an event led to: a state, a latched cause, something to do. */
export interface InterlockChange {
  from: InterlockState;
  to: InterlockState;
  event: InterlockEvent['kind'];
  action: InterlockAction;
  /** Causes that this event latched: the first one, or a further one. */
  firstCause?: Fault;
  furtherCause?: Fault;
}

/** The part of a snapshot that the interlock does not know itself. */
export type DecisionContext = Omit<Snapshot, 'state' | 'isTripped' | 'sequence' | 'limits' | 'dose'>;

const refusalWindowNs = 10e9;

/** Faults of the data: while nothing can be stimulated, a recording with a gap is no trip. */
const ofDataQuality: ReadonlySet<FaultCode> = new Set([
  'late-tick',
  'late-ticks',
  'samples-lost',
  'source-stalled',
  'source-frozen',
  'seizure-like',
  'after-discharge',
  'runaway-tissue',
  'runaway-population',
  'clock-step',
  'clock-drift',
  'operator-absent',
  'page-gone',
]);

export class Interlock {
  readonly #timing: InterlockTiming;
  #limits: LimitsInForce;
  readonly #dose: Dose;
  readonly #lateTicks: LateTicks;
  readonly #refusals: SlidingCount;
  #record: InterlockRecord;
  #sequence = 0;

  constructor(limits: LimitsInForce, timing: InterlockTiming, nowNs: number, carried?: CarriedCause) {
    this.#limits = limits;
    this.#timing = timing;
    this.#record = initialRecord(nowNs, carried);
    this.#dose = new Dose(limits, nowNs);
    this.#lateTicks = new LateTicks(limits.timing);
    this.#refusals = new SlidingCount(refusalWindowNs, limits.timing.refusalsInTenSecondsToTrip);
  }

  get record(): InterlockRecord {
    return this.#record;
  }
  get state(): InterlockState {
    return this.#record.state;
  }
  get isLive(): boolean {
    return isLive(this.#record.state);
  }
  get limits(): LimitsInForce {
    return this.#limits;
  }
  get dose(): Dose {
    return this.#dose;
  }
  get firstCause(): Fault | undefined {
    return this.#record.firstCause;
  }
  /** Late ticks in the window that trips are judged by. */
  get latency(): { lateTicks: number; lateTicksWindow: number; lateTicksToTrip: number } {
    const { lateTicksWindow, lateTicksToTrip } = this.#limits.timing;
    return { lateTicks: this.#lateTicks.count, lateTicksWindow, lateTicksToTrip };
  }

  /**
   * Decides on a request. Total: every input is answered, nothing throws, nothing is changed in the request.
   * Counts a permitted pulse as given: what was permitted must be assumed to have happened.
   */
  decide(request: StimulusRequest, context: DecisionContext): Permit | Refusal {
    const { state, firstCause } = this.#record;
    const verdict = decide(request, {
      ...context,
      state,
      isTripped: firstCause !== undefined,
      sequence: this.#sequence + 1,
      limits: this.#limits,
      dose: this.#dose,
    });
    if ('kind' in verdict) return verdict;
    this.#sequence++;
    this.#dose.add(request.electrode, context.nowNs, {
      durationNs: pulseMicroseconds(request) * 1000,
      chargeFemtocoulombs: chargeFemtocoulombs(request),
      amplitudeNanoamps: request.amplitudeNanoamps,
      picojoules: pulsePicojoules(request, context.impedanceOhms(request.electrode)),
    });
    return verdict;
  }

  /** Counts a refusal towards a trip: a controller that keeps fighting the fence is stopped. */
  noteRefusal(refusal: Refusal, nowNs: number): Fault | undefined {
    if (expectedRefusals.has(refusal.code) || !this.isLive) return undefined;
    this.#refusals.add(nowNs);
    const value = this.#refusals.countAt(nowNs);
    const bound = this.#limits.timing.refusalsInTenSecondsToTrip;
    if (value < bound) return undefined;
    return {
      code: 'refusals',
      message: `${value} requests were refused within 10 s; the last one: ${refusal.code}.`,
      value,
      bound,
      unit: 'in 10 s',
    };
  }

  /** Notes the end of a tick. @returns a fault when a latency limit is broken; while disarmed it is only counted. */
  noteTick(isLate: boolean, latencyNs: number): Fault | undefined {
    const fault = this.#lateTicks.note(isLate, latencyNs);
    return this.isLive ? fault : undefined;
  }

  /** Gives an event to the state machine. @returns what it led to, or undefined when it meant nothing. */
  apply(event: InterlockEvent): InterlockChange | undefined {
    const before = this.#record;
    if (event.kind === 'fault' && before.state === 'safe' && ofDataQuality.has(event.fault.code)) return undefined;
    const { record, action } = reduce(before, event, this.#timing);
    assert(
      !(record.state === 'stimulating' && record.firstCause !== undefined),
      'the rig never stimulates with a latched cause',
    );
    this.#record = record;
    if (record.state === 'armed' && before.state !== 'armed') this.#beginArmed(event.nowNs);
    const further = record.furtherCauses.length > before.furtherCauses.length ? record.furtherCauses.at(-1) : undefined;
    const first = record.firstCause !== before.firstCause ? record.firstCause : undefined;
    // A cause is latched only together with an order to stop.
    if (record.state === before.state && action === 'none') return undefined;
    return {
      from: before.state,
      to: record.state,
      event: event.kind,
      action,
      ...(first === undefined ? {} : { firstCause: first }),
      ...(further === undefined ? {} : { furtherCause: further }),
    };
  }

  /** Whether an event would change anything or ask for something to be done. */
  isNews(event: InterlockEvent): boolean {
    const { record, action } = reduce(this.#record, event, this.#timing);
    return record !== this.#record || action !== 'none';
  }

  /** Tighter limits hold from now on. @param limits each at least as tight as before, which the caller has made sure of. */
  tighten(limits: LimitsInForce): void {
    this.#limits = limits;
    this.#dose.tighten(limits);
    this.#lateTicks.tighten(limits.timing);
  }

  /** Adds what earlier sessions gave in the last day. */
  addEarlierDose(doses: readonly EarlierDose[], nowNs: number): void {
    this.#dose.addEarlier(doses, nowNs);
  }

  /** Why reset is not possible now, in words; undefined when it is. */
  resetBlockedBy(nowNs: number): string | undefined {
    return resetBlockedBy(this.#record, nowNs, this.#timing);
  }

  /** Limits in use now, the highest first. */
  limitUse(nowNs: number, requests: readonly StimulusRequest[]): LimitUse[] {
    return limitUse(this.#limits, this.#dose, nowNs, requests);
  }

  /** What was late or refused before arming was judged by the self-test; amplitudes rise from zero. */
  #beginArmed(nowNs: number): void {
    this.#lateTicks.clear();
    this.#refusals.clear();
    this.#dose.release(nowNs);
  }

  /** Writes down or takes over what is remembered; the limits in force are the same on both sides. */
  exchange(archive: StateArchive): void {
    const { enteredNs, lastFaultNs, ...record } = this.#record;
    this.#record = {
      ...archive.json(record),
      firstCause: archive.json(record.firstCause),
      enteredNs: archive.number(enteredNs),
      lastFaultNs: archive.number(lastFaultNs),
    };
    this.#dose.exchange(archive);
    this.#lateTicks.exchange(archive);
    this.#refusals.exchange(archive);
    this.#sequence = archive.number(this.#sequence);
  }
}
