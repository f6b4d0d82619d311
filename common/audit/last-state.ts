// What the audit log says of the interlock when the program last ended: what was latched stays latched, and an unclosed log is a trip; used in every process.
import type { CarriedCause } from '../contract/carried-cause.ts';
import { type Fault, type FaultCode, faultCodes } from '../contract/faults.ts';
import { type InterlockState, interlockStates } from '../contract/interlock-states.ts';
import type { AuditEntry } from './audit-entry.ts';

const isFaultCode = (code: unknown): code is FaultCode => faultCodes.some((known) => known === code);
const isState = (state: unknown): state is InterlockState => interlockStates.some((known) => known === state);

/** Where a cause is found: in the entry of the trip, and in every transition while it is latched. */
function causeIn({ event, detail }: AuditEntry): Fault | undefined {
  const code = event === 'trip' ? detail['code'] : event === 'state' ? detail['cause'] : undefined;
  if (!isFaultCode(code)) return undefined;
  return { code, message: String(detail['message'] ?? '') };
}

/** Takes entries in order, oldest first. */
export class LastState {
  #state: InterlockState = 'safe';
  /** The state that a confirmation of arming found; undefined when a transition has followed it. */
  #beforeConfirmation: InterlockState | undefined;
  #firstCause: Fault | undefined;
  #isAcknowledged = false;
  #session: number | undefined;
  #at = '';

  take(entry: AuditEntry): void {
    const { event, detail, wall } = entry;
    if (event === 'state' && isState(detail['to'])) this.#enter(detail['to'], wall);
    // Written before the output is turned on: whoever dies between the two is found armed.
    else if (event === 'arm-confirmed') this.#confirm(wall);
    else if (event === 'arm-refused') this.#state = this.#beforeConfirmation ?? this.#state;
    else if (event === 'acknowledged') this.#isAcknowledged = true;
    // In the safe state nothing is latched: a reset has cleared it.
    if (event === 'reset' || (event === 'state' && detail['to'] === 'safe')) this.#clear(wall);
    else this.#latch(causeIn(entry));
    if ((event === 'state' || event === 'arm-confirmed') && typeof detail['session'] === 'number')
      this.#session = detail['session'];
  }

  get state(): InterlockState {
    return this.#state;
  }

  /** Device session of the last arming. */
  get session(): number | undefined {
    return this.#session;
  }

  /** @returns what stays latched: the first cause, or the unclean exit itself. */
  get left(): CarriedCause | undefined {
    if (this.#firstCause !== undefined) return { firstCause: this.#firstCause, isAcknowledged: this.#isAcknowledged };
    if (this.#state === 'safe') return undefined;
    const message = `The program ended without closing its log while the rig was ${this.#state} (${this.#at}).`;
    return { firstCause: { code: 'unclean-exit', message }, isAcknowledged: false };
  }

  #enter(state: InterlockState, wall: string): void {
    this.#state = state;
    this.#beforeConfirmation = undefined;
    this.#at = wall;
  }

  #confirm(wall: string): void {
    const before = this.#beforeConfirmation ?? this.#state;
    this.#enter('armed', wall);
    this.#beforeConfirmation = before;
  }

  #clear(wall: string): void {
    this.#enter('safe', wall);
    this.#firstCause = undefined;
  }

  /** The first cause stays the first, across ends and starts of the program. */
  #latch(cause: Fault | undefined): void {
    if (cause === undefined || this.#firstCause !== undefined) return;
    this.#firstCause = cause;
    this.#isAcknowledged = false;
  }
}
