// Gives events to the interlock and does what it says: state word, stop, journal, audit, in this order. Rig thread.
import { type ControlBlock, controlWord } from '../../common/base/control-block.ts';
import type { AuditDetail } from '../../common/audit/audit-entry.ts';
import type { Fault } from '../../common/contract/faults.ts';
import { interlockStates } from '../../common/contract/interlock-states.ts';
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import { recordType } from '../../common/journal/records.ts';
import type { FaultRecord, StateChange, TripRecord } from '../../common/journal/session-documents.ts';
import type { AuditSink } from './recording/station-line.ts';
import type { Interlock, InterlockChange } from './interlock/interlock.ts';
import type { InterlockEvent } from './interlock/interlock-event.ts';
import { latchedCause } from './interlock/interlock-record.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { OutputControl } from './output-control.ts';
import type { Surroundings } from './request-path.ts';
import type { TripCheck } from './supervision/trip-check.ts';
import type { Happening, Turns } from './turns.ts';

export interface DriverParts {
  interlock: Interlock;
  output: Pick<OutputControl, 'stop'> & { readonly status: Pick<DeviceStatus, 'deviceMicroseconds'> };
  surroundings: Pick<Surroundings, 'confirmedSession'>;
  tripCheck: TripCheck;
  control: ControlBlock;
  journal: JournalWriter;
  audit: AuditSink;
  turns: Turns;
  /** The output was ordered off, in whatever state. */
  onStop(): void;
  /** Every fault, latched or not; `isFirst`: it is the cause of a trip. */
  onFault(fault: Fault, isFirst: boolean): void;
}

/** What an entry of the audit log says of a fault. */
export function faultDetail({ code, message, value, bound, unit, electrode }: Fault): AuditDetail {
  return {
    code,
    message,
    ...(value === undefined || !Number.isFinite(value) ? {} : { value }),
    ...(bound === undefined || !Number.isFinite(bound) ? {} : { bound }),
    ...(unit === undefined ? {} : { unit }),
    ...(electrode === undefined ? {} : { electrode }),
  };
}

export class InterlockDriver {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
    this.#storeState();
    // A carried cause begins as a stop.
    if (parts.interlock.state === 'stopping') {
      this.#beginTripCheck(parts.turns.nowNs());
      parts.output.stop();
    }
  }

  /** @param actor who gave the command, where somebody did. @returns whether the event meant anything. */
  apply(happening: Happening, actor?: string): boolean {
    const { interlock, turns } = this.#parts;
    turns.begin();
    const event = { ...happening, nowNs: turns.nowNs() } as InterlockEvent;
    // Most say that time has passed and that the device lives, which nobody need write down.
    if (!interlock.isNews(event)) {
      turns.cancel();
      return false;
    }
    turns.input({ kind: 'interlock', happening, ...(actor === undefined ? {} : { operator: actor }) });
    const isChanged = this.#apply(event, actor);
    turns.end('input');
    return isChanged;
  }

  #apply(event: InterlockEvent, actor?: string): boolean {
    const { interlock } = this.#parts;
    const before = interlock.record;
    const change = interlock.apply(event);
    if (change !== undefined) this.#do(change, actor);
    return interlock.record !== before;
  }

  /** Latches a fault, or only reports it where it does not concern stimulation. Said again word for word, it persists. */
  raise(fault: Fault): void {
    const { turns } = this.#parts;
    turns.begin();
    turns.input({ kind: 'fault', fault });
    this.raiseFromChain(fault);
    turns.end('input');
  }

  /** The same for what the chain itself has found: a replay finds it again. */
  raiseFromChain(fault: Fault): void {
    const { interlock, turns } = this.#parts;
    const nowNs = turns.nowNs();
    if (latchedCause(interlock.record, fault.code)?.message === fault.message) {
      this.#apply({ kind: 'fault-persists', nowNs });
      return;
    }
    const change = interlock.apply({ kind: 'fault', fault, nowNs });
    if (change !== undefined) this.#do(change);
    if (change?.firstCause !== fault && change?.furtherCause !== fault) this.#report(fault, false);
  }

  /** Raises a lasting condition once for as long as it is latched; afterwards it only keeps the latch from being cleared. */
  raiseLasting(fault: Fault): void {
    if (latchedCause(this.#parts.interlock.record, fault.code) === undefined) this.raise(fault);
    else this.apply({ kind: 'fault-persists' });
  }

  /** Completes the check after a trip as soon as it can be. */
  finishTripCheck(): void {
    const { interlock, tripCheck, journal, audit, turns } = this.#parts;
    if (interlock.state !== 'tripped' || interlock.record.isTripChecked) return;
    const report = tripCheck.report(turns.nowNs());
    if (report === undefined) return;
    const { lastPulseAfterMicroseconds, ...rest } = report;
    const record: TripRecord = {
      ...rest,
      ...(lastPulseAfterMicroseconds === undefined ? {} : { lastPulseAfterMicroseconds }),
    };
    journal.json(recordType.tripCheck, record);
    audit.note('state', { tripCheck: report.isPassed ? 'passed' : 'failed', ...record });
    this.apply({ kind: 'trip-checked', isPassed: report.isPassed });
  }

  #do(change: InterlockChange, actor?: string): void {
    const { output, surroundings, tripCheck, turns, onStop } = this.#parts;
    this.#storeState();
    if (change.action === 'stop-output') {
      surroundings.confirmedSession = 0;
      output.stop();
      onStop();
    }
    // One time for both: an output that was off already is confirmed after 0 ms.
    const now = turns.nowNs();
    if (change.firstCause !== undefined) this.#beginTripCheck(now);
    if (change.to === 'tripped') tripCheck.confirm(now);
    this.#record(change, actor);
    if (change.firstCause !== undefined) this.#report(change.firstCause, true);
    if (change.furtherCause !== undefined) this.#report(change.furtherCause, false);
  }

  #report(fault: Fault, isFirst: boolean): void {
    const { journal, onFault } = this.#parts;
    journal.json(recordType.fault, { ...fault, isFirst } satisfies FaultRecord);
    onFault(fault, isFirst);
  }

  /** The other threads judge by this word: it changes before anything is done. */
  #storeState(): void {
    const { control, interlock } = this.#parts;
    Atomics.store(control, controlWord.interlockState, interlockStates.indexOf(interlock.state));
  }

  #beginTripCheck(now: number): void {
    const { tripCheck, output, interlock } = this.#parts;
    tripCheck.begin(now, output.status.deviceMicroseconds, interlock.limits.timing.leaseMilliseconds);
  }

  #record({ from, to, event, firstCause, furtherCause }: InterlockChange, actor?: string): void {
    const { journal, audit, interlock } = this.#parts;
    if (firstCause !== undefined) audit.note('trip', faultDetail(firstCause));
    if (furtherCause !== undefined) audit.note('further-cause', faultDetail(furtherCause));
    if (to === from) return;
    const operator = actor === undefined ? {} : { operator: actor };
    journal.json(recordType.state, { from, to, event, ...operator } satisfies StateChange);
    const { session } = interlock.record;
    const cause = interlock.firstCause;
    audit.note(
      'state',
      {
        from,
        to,
        event,
        ...(session === 0 ? {} : { session }),
        ...(cause === undefined ? {} : { cause: cause.code, message: cause.message }),
      },
      actor,
    );
  }
}
