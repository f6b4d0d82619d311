// The one exit for stimulation: no current leaves the program but through `drive`. Rig thread.
import { type Refusal, refuse } from '../../../common/contract/refusals.ts';
import type { DeviceWriter } from '../hardware/device.ts';
import { redeemPermit, type Permit } from '../interlock/permit.ts';

/** The journal as the gate needs it: what it says to be written survives the end of this program. */
export interface PermitRecord {
  readonly isOpen: boolean;
  permit(value: { request: number; expiryNs: number; sequence: number; spare: number }): void;
  waitUntilWritten(timeoutMilliseconds: number): boolean;
}

/** How long the loop waits for the recorder to take a permit. */
const recordWithinMilliseconds = 3;

/** Checks the permit, records it, then drives the device. */
export class Gate {
  readonly #writer: Pick<DeviceWriter, 'pulse'>;
  readonly #record: PermitRecord;
  readonly #nowNs: () => number;

  constructor(writer: Pick<DeviceWriter, 'pulse'>, record: PermitRecord, nowNs: () => number) {
    this.#writer = writer;
    this.#record = record;
    this.#nowNs = nowNs;
  }

  /** Sends the pulse of a genuine, unused, unexpired and recorded permit. @returns undefined when it was sent. */
  drive(permit: Permit): Refusal | undefined {
    if (!redeemPermit(permit)) return refuse('permit-reused');
    if (!this.#record.isOpen) return refuse('not-recorded');
    const { request, sequence, expiryNs } = permit;
    this.#record.permit({ request: request.request, expiryNs, sequence, spare: 0 });
    if (!this.#record.waitUntilWritten(recordWithinMilliseconds))
      return refuse('not-recorded', recordWithinMilliseconds, recordWithinMilliseconds);
    const nowNs = this.#nowNs();
    if (!(nowNs <= expiryNs)) return refuse('expired', (nowNs - expiryNs) / 1e6, 0);
    this.#writer.pulse({
      sequence,
      electrode: request.electrode,
      amplitudeNanoamps: request.amplitudeNanoamps,
      phaseMicroseconds: request.phaseMicroseconds,
      interphaseMicroseconds: request.interphaseMicroseconds,
      leadingPhase: request.leadingPhase,
      expiryNs,
    });
    return undefined;
  }
}
