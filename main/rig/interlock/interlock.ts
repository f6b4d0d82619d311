// Decides on every request and holds the latched state: the only maker of permits. Rig thread; knows no clock and no device, time is passed in.
import { assert } from '../../../common/base/assert.ts';
import type { Fault, FaultCode } from '../../../common/contract/faults.ts';
import type { InterlockState } from '../../../common/contract/interlock-states.ts';
import { expectedRefusals, type Refusal, refuse } from '../../../common/contract/refusals.ts';
import type { LimitUse } from '../../../common/contract/rig-status.ts';
import { checkRequest, pulseMicroseconds } from './check-request.ts';
import { Dose } from './dose.ts';
import { LateTicks } from './late-ticks.ts';
import type { FrozenLimits } from './limits.ts';
import { issuePermit, type Permit } from './permit.ts';
import { SlidingCount } from './sliding-count.ts';
import type { StimulusRequest } from './stimulus-request.ts';
import { type InterlockAction, type InterlockEvent, isLive, transition } from './transition.ts';

/** A state change with what must be done about it. */
export interface InterlockChange {
  from: InterlockState;
  to: InterlockState;
  event: InterlockEvent['kind'];
  action: InterlockAction;
}

/** What a decision is taken on. */
export interface DecisionContext {
  nowNs: number;
  /** When the newest sample behind the request was acquired. */
  acquiredNs: number;
  /** Whether the protocol's phase lets the simulation and the schedule stimulate. */
  doesPhaseStimulate: boolean;
}

const confirmWithinNs = 15e9;
const stopConfirmWithinNs = 0.2e9;
const resetQuietNs = 2e9;
const refusalWindowNs = 10e9;

const ofDataQuality: ReadonlySet<FaultCode> = new Set([
  'late-tick',
  'late-ticks',
  'samples-lost',
  'source-stalled',
  'source-frozen',
]);

/** Seconds in which the second control of arming must follow the first. */
export const confirmWithinSeconds = confirmWithinNs / 1e9;

export class Interlock {
  readonly #limits: FrozenLimits;
  readonly #dose: Dose;
  readonly #lateTicks: LateTicks;
  readonly #refusals: SlidingCount;
  #state: InterlockState = 'safe';
  #enteredNs = 0;
  #firstCause: Fault | undefined;
  #furtherCauses: Fault[] = [];
  #lastFaultNs = -Infinity;
  #acknowledged = false;
  #sequence = 0;

  constructor(limits: FrozenLimits) {
    this.#limits = limits;
    this.#dose = new Dose(limits);
    this.#lateTicks = new LateTicks(limits);
    this.#refusals = new SlidingCount(refusalWindowNs, limits.refusalsInTenSecondsToTrip);
  }

  get state(): InterlockState {
    return this.#state;
  }
  get limits(): FrozenLimits {
    return this.#limits;
  }
  get firstCause(): Fault | undefined {
    return this.#firstCause;
  }
  get furtherCauses(): readonly Fault[] {
    return this.#furtherCauses;
  }
  /** Late ticks in the window that trips are judged by. */
  get latency(): { lateTicks: number; lateTicksWindow: number; lateTicksToTrip: number } {
    const { lateTicksWindow, lateTicksToTrip } = this.#limits;
    return { lateTicks: this.#lateTicks.count, lateTicksWindow, lateTicksToTrip };
  }
  get isAcknowledged(): boolean {
    return this.#acknowledged;
  }

  /**
   * Decides on a request. Total: every input is answered, nothing throws, nothing is changed in the request.
   * Counts a permitted pulse as given.
   */
  decide(request: StimulusRequest, context: DecisionContext): Permit | Refusal {
    const { nowNs, acquiredNs } = context;
    const isOperators = request.origin === 'operator';
    const mayStimulate =
      this.#firstCause === undefined && (isOperators ? isLive(this.#state) : this.#state === 'stimulating');
    if (!mayStimulate) return refuse('not-armed');
    if (!isOperators && !context.doesPhaseStimulate) return refuse('phase-without-stimulation');
    const refusal = checkRequest(request, this.#limits, this.#dose, nowNs, nowNs - acquiredNs);
    if (refusal !== undefined) return refusal;
    this.#dose.add(request.electrode, nowNs, pulseMicroseconds(request));
    return issuePermit(request, ++this.#sequence, acquiredNs + this.#limits.dataAgeMaxNs);
  }

  /** Counts a refusal towards a trip: a controller that keeps fighting the fence is stopped. */
  noteRefusal(refusal: Refusal, nowNs: number): Fault | undefined {
    if (expectedRefusals.has(refusal.code) || !isLive(this.#state)) return undefined;
    this.#refusals.add(nowNs);
    const value = this.#refusals.countAt(nowNs);
    const bound = this.#limits.refusalsInTenSecondsToTrip;
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
    return isLive(this.#state) ? fault : undefined;
  }

  /** Moves the state machine. @returns the change, or undefined when the event means nothing in this state. */
  apply(event: Exclude<InterlockEvent, { kind: 'fault' }>, nowNs: number): InterlockChange | undefined {
    return this.#move(event, nowNs);
  }

  /**
   * Latches a fault: the first cause stays the first, later ones are added.
   * While nothing can be stimulated, faults of the data's quality are not latched: a control recording with a gap is no trip.
   */
  latch(fault: Fault, nowNs: number): InterlockChange | undefined {
    if (this.#state === 'safe' && ofDataQuality.has(fault.code)) return undefined;
    this.#lastFaultNs = nowNs;
    if (this.#firstCause === undefined) {
      this.#firstCause = fault;
      this.#acknowledged = false;
    } else if (this.#furtherCauses.length < 100) this.#furtherCauses.push(fault);
    return this.#move({ kind: 'fault', code: fault.code }, nowNs);
  }

  /** Time passes: a confirmation that did not come is given up, a stop that was not confirmed is a fault. */
  expire(nowNs: number): InterlockChange | Fault | undefined {
    const inState = nowNs - this.#enteredNs;
    if (this.#state === 'prearmed' && !(inState < confirmWithinNs)) return this.#move({ kind: 'arm-cancelled' }, nowNs);
    if (this.#state === 'stopping' && !(inState < stopConfirmWithinNs)) {
      return {
        code: 'stop-unconfirmed',
        message: 'The stimulator has not confirmed within 200 ms that its output is off.',
        value: inState / 1e6,
        bound: stopConfirmWithinNs / 1e6,
        unit: 'ms',
      };
    }
    return undefined;
  }

  /** The operator names the cause. @returns whether it is the right one. */
  acknowledge(cause: FaultCode): boolean {
    if (this.#firstCause?.code !== cause) return false;
    this.#acknowledged = true;
    return true;
  }

  /** Why reset is not possible now, in words; undefined when it is. */
  resetBlockedBy(nowNs: number, isOutputOff: boolean): string | undefined {
    if (this.#state === 'fault')
      return 'the output could not be confirmed off: disconnect the stimulator and restart Exocortex';
    if (this.#state !== 'tripped') return 'nothing is tripped';
    if (!this.#acknowledged) return 'the cause has not been acknowledged';
    if (!isOutputOff) return 'the stimulator does not confirm that its output is off';
    if (!(nowNs - this.#lastFaultNs >= resetQuietNs)) return 'the cause was active less than 2 s ago';
    return undefined;
  }

  /** Clears the latch when nothing blocks it. */
  reset(nowNs: number, isOutputOff: boolean): InterlockChange | undefined {
    if (this.resetBlockedBy(nowNs, isOutputOff) !== undefined) return undefined;
    this.#firstCause = undefined;
    this.#furtherCauses = [];
    this.#acknowledged = false;
    this.#lateTicks.clear();
    this.#refusals.clear();
    return this.#move({ kind: 'reset' }, nowNs);
  }

  /** Limits in use now, the highest first. */
  limitUse(nowNs: number, request: StimulusRequest | undefined): LimitUse[] {
    const uses: LimitUse[] = [
      {
        limit: 'pulses per second, all electrodes',
        value: this.#dose.allAt(nowNs),
        bound: this.#dose.allPulses,
        unit: '',
      },
      {
        limit: 'pulses of this session',
        value: this.#dose.sessionPulses,
        bound: this.#limits.pulsesPerSessionMax,
        unit: '',
      },
    ];
    const own = request === undefined ? undefined : this.#limits.electrodes.get(request.electrode);
    if (request !== undefined && own !== undefined) {
      const { electrode } = request;
      uses.push(
        {
          limit: 'amplitude',
          value: request.amplitudeNanoamps / 1000,
          bound: own.amplitudeMaxNanoamps / 1000,
          unit: 'µA',
          electrode,
        },
        {
          limit: 'charge per phase',
          value: (request.amplitudeNanoamps * request.phaseMicroseconds) / 1e6,
          bound: own.chargeMaxFemtocoulombs / 1e6,
          unit: 'nC',
          electrode,
        },
      );
      const dose = this.#dose.electrodeAt(electrode, nowNs);
      uses.push({
        limit: 'pulse rate',
        value: (dose.count * 1e9) / dose.windowNs,
        bound: own.rateMaxHz,
        unit: 'Hz',
        electrode,
      });
    }
    return uses.sort((a, b) => b.value / b.bound - a.value / a.bound);
  }

  #move(event: InterlockEvent, nowNs: number): InterlockChange | undefined {
    const from = this.#state;
    const { to, action } = transition(from, event, this.#firstCause !== undefined);
    if (to === from && action === 'none') return undefined;
    assert(!(to === 'stimulating' && this.#firstCause !== undefined), 'the rig never stimulates with a latched cause');
    if (to !== from) this.#enteredNs = nowNs;
    // What was late before arming was judged by the self-test.
    if (to === 'armed') this.#lateTicks.clear();
    this.#state = to;
    return { from, to, event: event.kind, action };
  }
}
